package dev.gmr.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.data.DataException;
import dev.gmr.data.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives, from the download to the unpacked folder. */
class UnpackTest {
  private static final byte[] ONE = {1, 1, 1, 1};
  private static final byte[] TWO = {2, 2, 2};

  @TempDir private Path dir;

  /** Adds entries to an archive. */
  private interface Entries {
    void addTo(TarArchiveOutputStream tar) throws IOException;
  }

  private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte... bytes)
      throws IOException {
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void good(TarArchiveOutputStream tar) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry("toy/"));
    tar.closeArchiveEntry();
    add(tar, new TarArchiveEntry("toy/readme.html"), (byte) '<');
    add(tar, new TarArchiveEntry("toy/one.bin"), ONE);
    add(tar, new TarArchiveEntry("toy/two.bin"), TWO);
  }

  private static byte[] archive(Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      entries.addTo(tar);
    }
    return bytes.toByteArray();
  }

  private static Content content(byte[] bytes) {
    return new Content(bytes.length, HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
  }

  private void fetch(byte[] archive) throws IOException {
    try (FaultyServer server = new FaultyServer()) {
      RemoteFile file =
          new RemoteFile(
              "toy.tar.gz",
              content(archive),
              Optional.empty(),
              List.of(server.on("/toy.tar.gz", FaultyServer.good(archive))));
      RemoteSet set =
          new RemoteSet(
              "toy",
              "a toy",
              "toy",
              List.of(file),
              List.of(new Member("one.bin", ONE.length), new Member("two.bin", TWO.length)));
      Duration patience = Duration.ofSeconds(20);
      assertThat(new Fetcher(dir, List.of(set), patience, patience).fetch("toy", Progress.NONE))
          .containsExactly(dir.resolve("toy/one.bin"), dir.resolve("toy/two.bin"));
    }
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> dir.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private void refuses(Entries evil, String problem) throws IOException {
    byte[] archive =
        archive(
            tar -> {
              good(tar);
              evil.addTo(tar);
            });
    assertThatThrownBy(() -> fetch(archive))
        .isInstanceOf(DataException.class)
        .hasMessage(
            dir.resolve("toy.tar.gz")
                + ": "
                + problem
                + "; nothing of it was unpacked: delete it and fetch again");
    assertThat(filesLeft()).containsExactly("toy.tar.gz");
    assertThat(dir.resolve("toy")).doesNotExist();
  }

  @Test
  void unpacksTheWantedFilesOnly() throws IOException {
    fetch(archive(UnpackTest::good));
    assertThat(filesLeft()).containsExactly("toy/SHA256SUMS", "toy/one.bin", "toy/two.bin");
    assertThat(Files.readAllBytes(dir.resolve("toy/one.bin"))).isEqualTo(ONE);
    assertThat(Files.readAllBytes(dir.resolve("toy/two.bin"))).isEqualTo(TWO);
  }

  @Test
  void recordsSumsToCheckTheFilesBy() throws IOException {
    fetch(archive(UnpackTest::good));
    Path two = dir.resolve("toy/two.bin");
    Member known = new Member("two.bin", TWO.length);
    assertThat(Files.readString(dir.resolve("toy/SHA256SUMS")))
        .isEqualTo(content(ONE).sha256() + "  one.bin\n" + content(TWO).sha256() + "  two.bin\n");
    assertThat(FileCheck.of(two, known).state()).isEqualTo(FileCheck.State.PUBLISHED);
    Files.write(two, new byte[] {2, 2, 3});
    assertThat(FileCheck.of(two, known).state()).isEqualTo(FileCheck.State.DIFFERENT);
    Files.delete(dir.resolve("toy/SHA256SUMS"));
    assertThat(FileCheck.of(two, known).state()).isEqualTo(FileCheck.State.UNKNOWN);
    Files.write(two, new byte[2]);
    assertThat(FileCheck.of(two, known).detail()).isEqualTo("2 bytes, expected 3");
    assertThat(FileCheck.of(dir, known).state()).isEqualTo(FileCheck.State.MISSING);
  }

  @Test
  void repairsWhatWentBad() throws IOException {
    byte[] archive = archive(UnpackTest::good);
    fetch(archive);
    Files.write(dir.resolve("toy/two.bin"), new byte[] {2, 2, 3});
    fetch(archive);
    assertThat(Files.readAllBytes(dir.resolve("toy/two.bin"))).isEqualTo(TWO);
  }

  @Test
  void completesAFolderAndKeepsWhatElseIsInIt() throws IOException {
    Files.createDirectories(dir.resolve("toy"));
    Files.write(dir.resolve("toy/one.bin"), new byte[4]);
    Files.write(dir.resolve("toy/mine.txt"), ONE);
    Files.createDirectories(dir.resolve(".toy.part"));
    Files.write(dir.resolve(".toy.part/one.bin"), TWO); // left by a run that was killed
    fetch(archive(UnpackTest::good));
    assertThat(filesLeft())
        .containsExactly("toy/SHA256SUMS", "toy/mine.txt", "toy/one.bin", "toy/two.bin");
    assertThat(Files.readAllBytes(dir.resolve("toy/one.bin"))).isEqualTo(ONE);
  }

  @Test
  void refusesPathsThatLeadOut() throws IOException {
    for (String name : new String[] {"../evil", "toy/../../evil", "toy/..", "c:evil"}) {
      refuses(
          tar -> add(tar, new TarArchiveEntry(name), ONE),
          "entry \"" + name + "\" leads out of the folder");
    }
  }

  @Test
  void refusesAbsolutePaths() throws IOException {
    refuses(
        tar -> add(tar, new TarArchiveEntry("/tmp/evil", true), ONE),
        "entry \"/tmp/evil\" leads out of the folder");
  }

  @Test
  void refusesLinksAndDevices() throws IOException {
    byte[] kinds = {
      TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR
    };
    for (byte kind : kinds) {
      boolean link = kind == TarConstants.LF_SYMLINK || kind == TarConstants.LF_LINK;
      refuses(
          tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("toy/evil", kind);
            entry.setLinkName(link ? "/etc/passwd" : "");
            add(tar, entry);
          },
          "entry \"toy/evil\" is " + (link ? "a link" : "not a plain file"));
    }
  }

  @Test
  void refusesMoreThanIsWanted() throws IOException {
    refuses(
        tar -> add(tar, new TarArchiveEntry("toy/bomb"), new byte[2_000_000]),
        "its entries up to \"toy/bomb\" hold 2000008 bytes, more than the expected 7");
  }

  @Test
  void refusesAWantedFileOfAnotherSize() throws IOException {
    byte[] archive = archive(tar -> add(tar, new TarArchiveEntry("toy/one.bin"), new byte[5]));
    assertThatThrownBy(() -> fetch(archive))
        .hasMessageContaining("entry \"toy/one.bin\" holds 5 bytes, expected 4;");
  }

  @Test
  void refusesAnArchiveThatLacksAFile() throws IOException {
    byte[] archive = archive(tar -> add(tar, new TarArchiveEntry("toy/one.bin"), ONE));
    assertThatThrownBy(() -> fetch(archive)).hasMessageContaining("[toy/two.bin] missing;");
    assertThat(dir.resolve("toy")).doesNotExist();
  }

  @Test
  void saysWhenTheArchiveIsNone() throws IOException {
    assertThatThrownBy(() -> fetch(new byte[] {'n', 'o', 't', ' ', 'g', 'z'}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            dir.resolve("toy.tar.gz")
                + ": cannot be unpacked into "
                + dir
                + " (Not in GZIP format); free space or delete it, and fetch again");
    byte[] archive = archive(UnpackTest::good);
    assertThatThrownBy(() -> fetch(Arrays.copyOf(archive, archive.length / 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be unpacked into");
    assertThat(filesLeft()).containsExactly("toy.tar.gz");
  }
}
