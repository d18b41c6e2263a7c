package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPixelsTest {
  private static final Normalization NORM =
      new Normalization(new float[] {.5f, .25f, .4f}, new float[] {1f, .2f, .3f});

  @TempDir private Path dir;

  private static byte[] body(int length) {
    byte[] body = new byte[length];
    for (int i = 0; i < length; i++) {
      body[i] = (byte) (i * 7 + i / 100);
    }
    return body;
  }

  private ImageSet mapped(int images, int side, int channels) throws IOException {
    byte[] body = body(images * side * side * channels);
    Path file = dir.resolve("images");
    Files.write(file, TestFiles.idx(0x804, new int[] {images, side, side, channels}, body));
    Path labels = Files.write(dir.resolve("labels"), TestFiles.labels(images));
    return IdxReader.part(new SourceFile(file), new SourceFile(labels)).set(10);
  }

  /** All ways to read an image give the same as from an array. */
  private static void same(ImageSet mapped, ImageSet array, Normalization norm) {
    assertThat(mapped.mappedBytes()).isGreaterThanOrEqualTo(array.heapBytes());
    assertThat(mapped.heapBytes()).isZero();
    assertThat(array.mappedBytes()).isZero();
    assertThat(mapped.sha256()).isEqualTo(array.sha256());
    int length = array.imageLength();
    for (int image = 0; image < array.size(); image++) {
      byte[][] bytes = new byte[2][length + 2];
      float[][] scaled = new float[2][length + 2];
      float[][] normalized = new float[2][length + 2];
      for (int i = 0; i < 2; i++) {
        ImageSet set = i == 0 ? mapped : array;
        set.touch(image);
        set.copyInto(image, bytes[i], 1);
        set.copyInto(image, 1 / 255f, scaled[i], 1);
        set.normalizedInto(image, norm, normalized[i], 1);
      }
      assertThat(bytes[0]).isEqualTo(bytes[1]);
      assertThat(scaled[0]).isEqualTo(scaled[1]);
      assertThat(normalized[0]).isEqualTo(normalized[1]);
      assertThat(mapped.pixel(image, 1, 2, array.channels() - 1))
          .isEqualTo(array.pixel(image, 1, 2, array.channels() - 1));
    }
  }

  @Test
  void interleavedChannelsReadAsFromAnArray() throws IOException {
    ImageSet array =
        ImageSet.wrap(
            41, 41, 3, 10, body(5 * 41 * 41 * 3), new byte[] {0, 1, 2, 3, 4}); // more than a page
    same(mapped(5, 41, 3), array, NORM);
    int[] some = {4, 0, 4};
    same(mapped(5, 41, 3).select(some), array.select(some), NORM);
  }

  @Test
  void planesOfSeveralFilesReadAsFromAnArray() throws IOException {
    byte[] pixels = new byte[5 * 3072];
    byte[] labels = new byte[5];
    int[] sizes = {2, 3};
    int image = 0;
    for (int f = 0; f < 2; f++) {
      byte[] batch = TestFiles.cifar(sizes[f], 2, 100);
      Files.write(dir.resolve("batch" + f), batch);
      for (int n = 0; n < sizes[f]; n++, image++) {
        labels[image] = batch[n * 3074 + 1];
        for (int i = 0; i < 3072; i++) {
          pixels[image * 3072 + i] = batch[n * 3074 + 2 + i % 3 * 1024 + i / 3];
        }
      }
    }
    List<Path> files = List.of(dir.resolve("batch0"), dir.resolve("batch1"));
    same(CifarReader.read(files, 2, 100), ImageSet.wrap(32, 32, 3, 100, pixels, labels), NORM);
  }

  @Test
  void manyThreadsReadAtOnce() throws IOException {
    ImageSet set = mapped(200, 16, 3);
    float[] inOrder = new float[200 * set.imageLength()];
    float[] atOnce = inOrder.clone();
    for (int i = 0; i < 200; i++) {
      set.normalizedInto(i, NORM, inOrder, i * set.imageLength());
    }
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> set.normalizedInto(i, NORM, atOnce, i * set.imageLength()));
    assertThat(atOnce).isEqualTo(inOrder);
  }

  /**
   * Pages behind the new end fault. The JVM throws an error soon after: mostly within the methods
   * that know the file, sometimes where they return to.
   */
  @Test
  void aFileCutShortIsNoCrash() throws IOException {
    ImageSet set = mapped(100, 64, 3);
    try (RandomAccessFile file = new RandomAccessFile(dir.resolve("images").toFile(), "rw")) {
      file.setLength(100);
    }
    String message =
        dir.resolve("images")
            + ": changed or became shorter while it was in use; bring it back as it was and leave"
            + " it alone during a run";
    float[] floats = new float[set.imageLength()];
    byte[] bytes = new byte[set.imageLength()];
    List<ThrowingCallable> ways =
        List.of(
            () -> set.normalizedInto(99, NORM, floats, 0),
            () -> set.copyInto(98, bytes, 0),
            () -> set.pixel(97, 0, 0, 0),
            () -> set.touch(96),
            set::sha256);
    for (int i = 0; i < 20; i++) {
      for (ThrowingCallable way : ways) {
        Throwable thrown = catchThrowable(way);
        if (thrown instanceof InternalError) {
          assertThat(thrown).hasMessageContaining("unsafe memory access");
        } else {
          assertThat(thrown).isInstanceOf(DataException.class).hasMessage(message);
        }
      }
    }
    assertThatThrownBy(set::requireUnchanged).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void aFileWrittenToIsNamedWhenAsked() throws IOException {
    ImageSet set = mapped(3, 4, 1);
    assertThatCode(set::requireUnchanged).doesNotThrowAnyException();
    Path file = dir.resolve("images");
    FileTime before = Files.getLastModifiedTime(file);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(30);
      raw.write(77);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1000));
    assertThatThrownBy(set.head(1)::requireUnchanged)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": changed or became shorter");
  }

  /** As downloads do it: what is mapped is the old file, whole. */
  @Test
  void aFileReplacedOrDeletedStaysAsItWas() throws IOException {
    ImageSet set = mapped(3, 4, 1);
    String sum = set.sha256();
    Path other = Files.write(dir.resolve("other"), new byte[5]);
    Files.move(other, dir.resolve("images"), StandardCopyOption.REPLACE_EXISTING);
    assertThatCode(set::requireUnchanged).doesNotThrowAnyException();
    assertThat(set.sha256()).isEqualTo(sum);
    Files.delete(dir.resolve("images"));
    assertThatCode(set::requireUnchanged).doesNotThrowAnyException();
    assertThat(set.sha256()).isEqualTo(sum);
  }

  @Test
  void readingAllocatesNothing() throws IOException {
    ImageSet set = mapped(50, 28, 3);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] out = new float[set.imageLength()];
    for (int i = 0; i < 2000; i++) {
      set.normalizedInto(i % 50, NORM, out, 0); // links and warms what is only used once
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 2000; i++) {
      set.normalizedInto(i % 50, NORM, out, 0);
    }
    // Asking for the figure may itself allocate; a byte an image would not.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2000);
  }
}
