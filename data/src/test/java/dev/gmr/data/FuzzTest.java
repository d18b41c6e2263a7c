package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files by the hundred thousand: each is read as what it says, or refused with one line
 * that names it, whatever else its bytes promise.
 */
class FuzzTest {
  private static final int FILES = 100_000;
  private static final Path IMAGES = Path.of("some", "images");
  private static final Path LABELS = Path.of("some", "labels");

  /**
   * Bytes that reading one of these files of at most 20 kB may take: buffers, and the body that was
   * found, doubled as it grew. A header's promise may be a million times that.
   */
  private static final long MOST_BYTES = 1 << 20;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int read;
  private int refused;
  private long largest;

  @TempDir private Path dir;

  /** Reads a set or has it refused; returns the sum of its data or the message. */
  private String outcome(Supplier<ImageSet> reader, Path... named) {
    long before = thread.getCurrentThreadAllocatedBytes();
    try {
      ImageSet set = reader.get();
      largest = Math.max(largest, thread.getCurrentThreadAllocatedBytes() - before);
      read++;
      byte[] last = new byte[set.imageLength()];
      set.copyInto(set.size() - 1, last, 0);
      int end = set.pixel(set.size() - 1, set.height() - 1, set.width() - 1, set.channels() - 1);
      if ((last[last.length - 1] & 0xff) != end || set.label(set.size() - 1) >= set.classes()) {
        throw new AssertionError(set + " is not what it says");
      }
      return set.sha256();
    } catch (DataException e) {
      largest = Math.max(largest, thread.getCurrentThreadAllocatedBytes() - before);
      refused++;
      String message = e.getMessage();
      if (message.lines().count() != 1
          || message.length() > 400
          || List.of(named).stream().noneMatch(file -> message.startsWith(file + ": "))) {
        throw new AssertionError("not a line that names a file: " + message, e);
      }
      return message;
    }
  }

  private void report(String what) {
    System.out.printf(
        "%s: %d read, %d refused, at most %d bytes allocated for one%n",
        what, read, refused, largest);
    // Neither reading nor refusing is a matter of course.
    assertThat(read).isGreaterThan(FILES / 200);
    assertThat(refused).isGreaterThan(FILES / 4);
    assertThat(largest).isLessThan(MOST_BYTES);
  }

  private static byte[] idx4() {
    byte[] body = new byte[20 * 7 * 7 * 3];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    return TestFiles.idx(0x804, new int[] {20, 7, 7, 3}, body);
  }

  private static byte[][] images() throws IOException {
    return new byte[][] {
      TestFiles.images(20), idx4(), TestFiles.gzip(TestFiles.images(20)), TestFiles.gzip(idx4())
    };
  }

  private static byte[][] labels() throws IOException {
    return new byte[][] {TestFiles.labels(20), TestFiles.gzip(TestFiles.labels(20))};
  }

  /** Half of the gzipped ones are damaged before they are compressed. */
  private static byte[] damaged(Mutations mutations, byte[][] good) throws IOException {
    byte[] file = good[mutations.below(good.length)];
    boolean before = file[0] == 0x1f && mutations.below(2) == 0;
    byte[] raw = before ? good[mutations.below(good.length / 2)] : file;
    byte[] bytes = mutations.of(raw, 24);
    return before ? TestFiles.gzip(bytes) : bytes;
  }

  private static ImageSet set(byte[] images, byte[] labels) {
    return IdxReader.part(new SourceFile(IMAGES, images), new SourceFile(LABELS, labels)).set(10);
  }

  @Test
  @Timeout(120)
  void idx() throws IOException {
    Mutations mutations = new Mutations(1);
    byte[][] images = images();
    byte[][] labels = labels();
    for (int i = 0; i < FILES; i++) {
      int which = mutations.below(3);
      byte[] x = which == 0 ? images[mutations.below(4)] : damaged(mutations, images);
      byte[] y = which == 1 ? labels[mutations.below(2)] : damaged(mutations, labels);
      outcome(() -> set(x, y), IMAGES, LABELS);
    }
    report("IDX");
  }

  @Test
  @Timeout(120)
  void cifar() {
    Mutations mutations = new Mutations(2);
    byte[] good = TestFiles.cifar(2, 1, 10);
    for (int i = 0; i < FILES; i++) {
      // Records are all that a batch has: where its length is left alone, only labels can be wrong.
      byte[] bytes = mutations.of(good, 3073);
      outcome(() -> CifarReader.readSources(List.of(new SourceFile(IMAGES, bytes)), 1, 10), IMAGES);
    }
    report("CIFAR");
  }

  /** 64 MB of zeros in 64 kB: what is inflated is bounded by the promise, and by what is there. */
  @Test
  void gzipBombs() throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
      zip.write(TestFiles.idx(0x803, new int[] {20, 28, 28}, new byte[0]));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
    }
    byte[] labels = TestFiles.labels(20);
    assertThat(outcome(() -> set(small.toByteArray(), labels), IMAGES))
        .contains("has trailing bytes after the 15680 expected");
    assertThat(largest).isLessThan(MOST_BYTES);
    byte[] large = TestFiles.gzip(TestFiles.idx(0x803, new int[] {1 << 18, 32, 32}, new byte[9]));
    assertThat(outcome(() -> set(large, labels), IMAGES))
        .contains("is truncated: 268435456 bytes expected (262144 images of 32x32), 9 found");
    assertThat(largest).isLessThan(MOST_BYTES);
  }

  /** What stands for a file in the tests above is read as the file itself is, mapped. */
  @Test
  void filesOnDiskAreReadAsThoseInMemory() throws IOException {
    Mutations mutations = new Mutations(3);
    for (int i = 0; i < 500; i++) {
      byte[] images = damaged(mutations, images());
      byte[] labels = i % 2 == 0 ? TestFiles.labels(20) : damaged(mutations, labels());
      Path x = Files.write(dir.resolve("images"), images);
      Path y = Files.write(dir.resolve("labels"), labels);
      if (images.length == 0 || labels.length == 0) {
        continue; // refused by either constructor
      }
      String onDisk =
          outcome(() -> IdxReader.part(new SourceFile(x), new SourceFile(y)).set(10), x, y);
      String inMemory = outcome(() -> set(images, labels), IMAGES, LABELS);
      assertThat(onDisk.replace(x.toString(), "X").replace(y.toString(), "Y"))
          .isEqualTo(inMemory.replace(IMAGES.toString(), "X").replace(LABELS.toString(), "Y"));
    }
  }
}
