package dev.gmr.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gmr.data.DataException;
import dev.gmr.data.DataSets;
import dev.gmr.data.Digests;
import dev.gmr.data.TestFiles;
import dev.gmr.data.fetch.FileCheck.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir private Path dir;

  private static Content content(byte[] bytes) {
    return new Content(bytes.length, HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
  }

  private static RemoteFile remote(byte[] packed, Content unpackedOrNull) {
    return new RemoteFile(
        "x.gz",
        content(packed),
        Optional.ofNullable(unpackedOrNull),
        List.of(URI.create("http://localhost/x.gz")));
  }

  private State state(byte[] onDisk, RemoteFile remote) throws IOException {
    return FileCheck.of(Files.write(dir.resolve("x.gz"), onDisk), remote).state();
  }

  @Test
  void tellsWhatAFileIs() throws IOException {
    byte[] raw = new byte[10_000];
    byte[] packed = TestFiles.gzip(raw);
    byte[] again = packed.clone();
    again[9] ^= 1; // the system it was packed on: another file, the same content
    byte[] other = TestFiles.gzip(new byte[10_001]);
    RemoteFile known = remote(packed, content(raw));
    assertThat(state(packed, known)).isEqualTo(State.PUBLISHED);
    assertThat(state(again, known)).isEqualTo(State.SAME_CONTENT);
    assertThat(state(raw, known)).isEqualTo(State.SAME_CONTENT);
    assertThat(state(other, known)).isEqualTo(State.DIFFERENT);
    assertThat(state(Arrays.copyOf(packed, 20), known)).isEqualTo(State.DIFFERENT);
    RemoteFile packedOnly = remote(packed, null);
    assertThat(state(packed, packedOnly)).isEqualTo(State.PUBLISHED);
    assertThat(state(again, packedOnly)).isEqualTo(State.DIFFERENT);
    assertThat(state(raw, packedOnly)).isEqualTo(State.UNKNOWN);
    assertThat(FileCheck.of(dir.resolve("none"), known).state()).isEqualTo(State.MISSING);
  }

  @Test
  void verifiesDigitsByDrawingThem() {
    Verification digits = new Fetcher(dir).verify("digits");
    assertThat(digits.good()).isTrue();
    assertThat(digits.files()).isEmpty();
    assertThat(digits.reading())
        .isEqualTo(
            "12000 images of 28x28x1, 10 classes to train on,"
                + " 2000 images of 28x28x1, 10 classes to test on");
  }

  @Test
  void tellsReadableFromPublished() throws IOException {
    TestFiles.writeMnist(dir);
    Verification small = new Fetcher(dir).verify("mnist");
    assertThat(small.readable()).isTrue();
    assertThat(small.good()).isFalse();
    assertThat(small.files()).hasSize(4).allMatch(check -> check.state() == State.DIFFERENT);
    Files.write(dir.resolve("t10k-labels-idx1-ubyte"), new byte[3]);
    Verification broken = new Fetcher(dir).verify("mnist");
    assertThat(broken.readable()).isFalse();
    assertThat(broken.reading())
        .startsWith(dir.resolve("t10k-labels-idx1-ubyte") + ": is truncated");
  }

  @Test
  void needsTheFiles() {
    Fetcher fetcher = new Fetcher(dir);
    assertThatThrownBy(() -> fetcher.verify("mnist")).hasMessageStartingWith("mnist: found none");
    assertThatThrownBy(() -> fetcher.verify("nmist")).hasMessageContaining("did you mean mnist?");
    assertThat(fetcher.isPresent("mnist")).isFalse();
    assertThat(fetcher.isPresent("digits")).isTrue();
    assertThatThrownBy(() -> fetcher.isPresent("x")).isInstanceOf(DataException.class);
  }

  @Test
  void knowsRealMnist() {
    String given = System.getProperty("gmr.shared");
    Path shared = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given, "data");
    assumeTrue(Files.isDirectory(shared.resolve("mnist")), "no real MNIST in " + shared);
    Verification mnist = new Fetcher(shared).verify("mnist");
    assertThat(mnist.files()).hasSize(4).allMatch(FileCheck::good);
    assertThat(mnist.good()).isTrue();
    assertThat(mnist.certain()).isTrue();
  }

  @Test
  void catalogueAndReadersAgree() {
    List<String> fetched = Catalogue.published().stream().map(RemoteSet::name).toList();
    // digits are drawn, idx is a user's own
    assertThat(DataSets.names()).containsAll(fetched).hasSize(fetched.size() + 2);
    for (RemoteSet set : Catalogue.published()) {
      assertThat(set.files())
          .allMatch(file -> file.mirrors().size() > 1)
          .allMatch(file -> file.mirrors().stream().allMatch(uri -> uri.getHost() != null));
      assertThat(set.downloadBytes()).isGreaterThan(10_000_000);
    }
  }

  @Test
  void catalogueListsFilesInTheReadersOrder() throws IOException {
    for (RemoteSet set : Catalogue.published()) {
      Path folder = Files.createDirectories(dir.resolve(set.folder()));
      List<String> names =
          set.isArchive()
              ? set.members().stream().map(Member::name).toList()
              : set.files().stream().map(RemoteFile::name).toList();
      for (String name : names) {
        Files.createFile(folder.resolve(name));
      }
      assertThat(DataSets.files(set.name(), dir))
          .isEqualTo(names.stream().map(folder::resolve).toList());
    }
  }
}
