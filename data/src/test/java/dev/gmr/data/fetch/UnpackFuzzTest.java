package dev.gmr.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.gmr.data.DataException;
import dev.gmr.data.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile archives by the hundred thousand: each gives the wanted files and nothing
 * else, or is refused with one line.
 */
class UnpackFuzzTest {
  private static final int ARCHIVES = 100_000;
  private static final byte[] ONE = "first file".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TWO = new byte[700];
  private static final int BLOCK = 512;

  /** The wanted files and twice the extra MiB, held twice where a long name is collected. */
  private static final long MOST_BYTES = 16 << 20;

  private static final String[] NAMES = {
    "../evil",
    "toy/../../evil",
    "/etc/evil",
    "toy/one.bin",
    "c:\\evil",
    "toy\\..\\evil",
    "toy",
    "",
    ".",
    "toy/",
    "toy/./two.bin",
    "x".repeat(90),
    "a\nb",
    "toy/SHA256SUMS",
    "toy/\u0007"
  };

  private static final byte[] KINDS = {
    TarConstants.LF_NORMAL,
    TarConstants.LF_OLDNORM,
    TarConstants.LF_LINK,
    TarConstants.LF_SYMLINK,
    TarConstants.LF_CHR,
    TarConstants.LF_BLK,
    TarConstants.LF_DIR,
    TarConstants.LF_FIFO,
    TarConstants.LF_GNUTYPE_LONGNAME,
    TarConstants.LF_GNUTYPE_LONGLINK,
    TarConstants.LF_GNUTYPE_SPARSE,
    TarConstants.LF_PAX_EXTENDED_HEADER_LC,
    TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER,
    'V',
    0x7f
  };

  private static final String[] SIZES = {
    "00000000000",
    "00000000012",
    "77777777777",
    "-0000000001",
    "99999999999",
    "00000001274",
    "     "
  };

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int unpacked;
  private int refused;
  private long largest;

  @TempDir private Path dir;

  private static RemoteSet set() {
    return new RemoteSet(
        "toy",
        "a toy",
        "toy",
        List.of(
            new RemoteFile(
                "toy.tar.gz",
                new Content(1, "0".repeat(64)),
                Optional.empty(),
                List.of(URI.create("https://localhost/toy.tar.gz")))),
        List.of(new Member("one.bin", ONE.length), new Member("two.bin", TWO.length)));
  }

  private static void add(TarArchiveOutputStream tar, String name, byte kind, byte... bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setModTime(0L); // not now: the same archives each time
    boolean file = kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    entry.setSize(file ? bytes.length : 0);
    if (kind == TarConstants.LF_SYMLINK || kind == TarConstants.LF_LINK) {
      entry.setLinkName("/etc/passwd");
    }
    tar.putArchiveEntry(entry);
    if (file) {
      tar.write(bytes);
    }
    tar.closeArchiveEntry();
  }

  /** An archive that is unpacked, with long names and PAX headers as real ones have. */
  private static byte[] good() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      add(tar, "toy/", TarConstants.LF_DIR);
      add(tar, "toy/" + "readme".repeat(20), TarConstants.LF_NORMAL, (byte) '<');
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      add(tar, "toy/one.bin", TarConstants.LF_NORMAL, ONE);
      add(tar, "toy/" + "license".repeat(20), TarConstants.LF_NORMAL, (byte) '>');
      add(tar, "toy/two.bin", TarConstants.LF_NORMAL, TWO);
    }
    return bytes.toByteArray();
  }

  /** Changes a field of a header and mends its checksum, so that the header counts. */
  private static byte[] rewritten(byte[] tar, Mutations mutations) {
    byte[] bytes = tar.clone();
    int at = BLOCK * mutations.below(bytes.length / BLOCK);
    switch (mutations.below(4)) {
      case 0 -> put(bytes, at, NAMES[mutations.below(NAMES.length)], 100);
      case 1 -> bytes[at + 156] = KINDS[mutations.below(KINDS.length)];
      case 2 -> put(bytes, at + 124, SIZES[mutations.below(SIZES.length)], 12);
      default -> {
        // base 256: eleven bytes of a number
        bytes[at + 124] = (byte) 0x80;
        for (int i = 1; i < 12; i++) {
          bytes[at + 124 + i] = (byte) mutations.below(mutations.below(2) == 0 ? 256 : 1);
        }
      }
    }
    int sum = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? 0 : bytes[at + i] & 0xff;
    }
    put(bytes, at + 148, "%06o\0 ".formatted(sum), 8);
    return bytes;
  }

  private static void put(byte[] bytes, int at, String text, int room) {
    byte[] field = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < room; i++) {
      bytes[at + i] = i < field.length ? field[i] : 0;
    }
  }

  /** Doubles, moves or leaves out whole blocks: entries twice, data without headers. */
  private static byte[] shuffled(byte[] tar, Mutations mutations) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int blocks = tar.length / BLOCK;
    int from = mutations.below(blocks);
    int count = 1 + mutations.below(4);
    int to = mutations.below(blocks);
    boolean move = mutations.below(2) == 0;
    for (int b = 0; b < blocks; b++) {
      if (b == to) {
        for (int i = from; i < Math.min(blocks, from + count); i++) {
          out.write(tar, i * BLOCK, BLOCK);
        }
      }
      if (!move || b < from || b >= from + count) {
        out.write(tar, b * BLOCK, BLOCK);
      }
    }
    return out.toByteArray();
  }

  /** Fast, since a hundred thousand are compressed. */
  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = fast(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static OutputStream fast(OutputStream out) throws IOException {
    return new GZIPOutputStream(out) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }

  private static byte[] hostile(byte[] good, byte[] packed, Mutations mutations)
      throws IOException {
    int way = mutations.below(8);
    if (way == 0) {
      return mutations.of(packed, 10);
    }
    byte[] tar = good;
    for (int i = 1 + mutations.below(2); i > 0; i--) {
      int how = mutations.below(4);
      tar =
          how == 0 && tar.length > BLOCK
              ? shuffled(tar, mutations)
              : how == 1 || tar.length < BLOCK
                  ? mutations.of(tar, tar.length)
                  : rewritten(tar, mutations);
    }
    return gzip(tar);
  }

  /** Unpacks into memory, or returns the message of the refusal. */
  private Map<String, byte[]> unpack(byte[] archive) {
    Map<String, byte[]> files = new TreeMap<>();
    long before = thread.getCurrentThreadAllocatedBytes();
    try {
      new Unpacker(Path.of("toy.tar.gz"), set(), Path.of("nowhere"))
          .run(
              new ByteArrayInputStream(archive),
              (member, data) -> {
                if (files.put(member.name(), data.readAllBytes()) != null) {
                  throw new AssertionError(member + " came twice");
                }
              });
      unpacked++;
    } catch (DataException e) {
      refused++;
      String message = e.getMessage();
      if (message.lines().count() != 1
          || !message.startsWith("toy.tar.gz: ")
          || message.chars().anyMatch(Character::isISOControl)
          || message.contains("null")) {
        throw new AssertionError("not a line that names the archive: " + message, e);
      }
      files.clear();
    }
    largest = Math.max(largest, thread.getCurrentThreadAllocatedBytes() - before);
    return files;
  }

  @Test
  @Timeout(180)
  void hostileArchivesGiveTheWantedFilesOrOneLine() throws IOException {
    byte[] good = good();
    byte[] packed = gzip(good);
    assertThat(unpack(packed).get("one.bin")).isEqualTo(ONE);
    Mutations mutations = new Mutations(4);
    for (int i = 0; i < ARCHIVES; i++) {
      int before = refused;
      Map<String, byte[]> files = unpack(hostile(good, packed, mutations));
      if (refused == before
          && (files.size() != 2
              || files.get("one.bin").length != ONE.length
              || files.get("two.bin").length != TWO.length)) {
        throw new AssertionError("archive " + i + " gave " + files.keySet());
      }
    }
    System.out.printf(
        "tar.gz: %d unpacked, %d refused, at most %d bytes allocated for one%n",
        unpacked, refused, largest);
    assertThat(unpacked).isGreaterThan(ARCHIVES / 100);
    assertThat(refused).isGreaterThan(ARCHIVES / 4);
    assertThat(largest).isLessThan(MOST_BYTES);
  }

  /** A long name of 200 MB of zeros, which inflates out of 200 kB before any entry is seen. */
  @Test
  void bombsAreNotInflated() throws IOException {
    for (byte kind :
        new byte[] {
          TarConstants.LF_GNUTYPE_LONGNAME,
          TarConstants.LF_PAX_EXTENDED_HEADER_LC,
          TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER,
          TarConstants.LF_NORMAL
        }) {
      byte[] header = good();
      header[156] = kind;
      put(header, 124, "01372000000", 12); // 200,278,016
      int sum = 8 * ' ';
      for (int i = 0; i < BLOCK; i++) {
        sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
      }
      put(header, 148, "%06o\0 ".formatted(sum), 8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream zip = fast(out)) {
        zip.write(header, 0, BLOCK);
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < 200; i++) {
          zip.write(zeros);
        }
      }
      assertThat(unpack(out.toByteArray())).isEmpty();
    }
    assertThat(refused).isEqualTo(4);
    assertThat(largest).isLessThan(MOST_BYTES);
  }

  /**
   * The same on disk: nothing but the set's own folder is written to, and it whole or not at all.
   */
  @Test
  void nothingIsWrittenElsewhere() throws IOException {
    Path inner = Files.createDirectories(dir.resolve("a/b"));
    Path archive = inner.resolve("toy.tar.gz");
    byte[] good = good();
    byte[] packed = gzip(good);
    Mutations mutations = new Mutations(5);
    int whole = 0;
    for (int i = 0; i < 200; i++) {
      Files.write(archive, hostile(good, packed, mutations));
      try {
        new Unpacker(archive, set(), inner).run();
        whole++;
      } catch (DataException e) {
        assertThat(e).hasMessageStartingWith(archive + ": ");
      }
      List<String> left = new ArrayList<>();
      try (Stream<Path> files = Files.walk(dir)) {
        files
            .filter(f -> !Files.isDirectory(f))
            .map(f -> dir.relativize(f))
            .forEach(f -> left.add(f.toString()));
      }
      if (whole == 0) {
        assertThat(left).containsExactly("a/b/toy.tar.gz");
      } else {
        assertThat(left)
            .containsExactlyInAnyOrder(
                "a/b/toy.tar.gz", "a/b/toy/one.bin", "a/b/toy/two.bin", "a/b/toy/SHA256SUMS");
      }
    }
    assertThat(whole).isPositive();
    assertThatThrownBy(() -> new Unpacker(inner.resolve("none"), set(), inner).run())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none: cannot be unpacked into");
  }
}
