package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final String REPLACE = "; replace the file (\"gmr data fetch\" downloads it)";

  @TempDir private Path dir;
  private Path images;
  private Path labels;

  @BeforeEach
  void goodFiles() throws IOException {
    images = Files.write(dir.resolve("images"), TestFiles.images(20));
    labels = Files.write(dir.resolve("labels"), TestFiles.labels(20));
  }

  private ImageSet read() {
    return IdxReader.read(images, labels, 28, 10);
  }

  private void fails(Path file, String problem) {
    assertThatThrownBy(this::read).isInstanceOf(DataException.class).hasMessage(file + problem);
  }

  @Test
  void readsRawFiles() {
    ImageSet set = read();
    assertThat(set).hasToString("20 images of 28x28x1, 10 classes");
    assertThat(set.label(13)).isEqualTo(3);
    assertThat(set.pixel(1, 2, 3, 0)).isEqualTo((784 + 2 * 28 + 3) % 251);
  }

  @Test
  void readsGzippedFilesWhateverTheirName() throws IOException {
    String sum = read().sha256();
    Files.write(images, TestFiles.gzip(TestFiles.images(20)));
    Files.write(labels, TestFiles.gzip(TestFiles.labels(20)));
    assertThat(read().sha256()).isEqualTo(sum);
  }

  @Test
  void readsWhatCompressesBetterThanImagesDo() throws IOException {
    // 200,000 bytes in a few hundred: the buffer must grow.
    byte[] body = new byte[256 * 784];
    body[body.length - 1] = 77;
    Files.write(images, TestFiles.gzip(TestFiles.idx(0x803, new int[] {256, 28, 28}, body)));
    Files.write(labels, TestFiles.labels(256));
    assertThat(read().pixel(255, 27, 27, 0)).isEqualTo(77);
  }

  @Test
  void missing() throws IOException {
    Files.delete(images);
    fails(images, ": no such file; check --data-dir, or run gmr data fetch");
  }

  @Test
  void empty() throws IOException {
    Files.write(labels, new byte[0]);
    fails(labels, ": is empty" + REPLACE);
  }

  @Test
  void directory() throws IOException {
    Files.delete(images);
    Files.createDirectory(images);
    fails(images, ": is a folder, expected a file; move it away or check --data-dir");
  }

  @Test
  void unreadable() throws IOException {
    Files.setPosixFilePermissions(images, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(images), "this user may read everything");
    fails(images, ": cannot be read; check its permissions");
  }

  @Test
  void truncatedHeader() throws IOException {
    Files.write(images, Arrays.copyOf(TestFiles.images(20), 10));
    fails(images, ": is truncated: ends within its header" + REPLACE);
    Files.write(images, new byte[] {0});
    fails(images, ": is truncated: ends within its header" + REPLACE);
  }

  @Test
  void truncatedPixels() throws IOException {
    Files.write(images, Arrays.copyOf(TestFiles.images(20), 1000));
    fails(images, ": is truncated: 15680 bytes expected (20 images of 28x28), 984 found" + REPLACE);
  }

  @Test
  void truncatedGzip() throws IOException {
    byte[] zip = TestFiles.gzip(TestFiles.images(20));
    Files.write(images, Arrays.copyOf(zip, zip.length / 2));
    fails(images, ": is truncated: its gzip data ends early" + REPLACE);
    Files.write(images, Arrays.copyOf(zip, zip.length - 4));
    fails(images, ": is truncated: its gzip data ends early" + REPLACE);
    Files.write(images, Arrays.copyOf(zip, 5));
    fails(images, ": is truncated: its gzip data ends early" + REPLACE);
  }

  @Test
  void truncatedBeforeItWasGzipped() throws IOException {
    Files.write(labels, TestFiles.gzip(Arrays.copyOf(TestFiles.labels(20), 27)));
    fails(labels, ": is truncated: 20 bytes expected (20 labels), 19 found" + REPLACE);
  }

  @Test
  void trailingBytes() throws IOException {
    Files.write(labels, Arrays.copyOf(TestFiles.labels(20), 29));
    fails(labels, ": has trailing bytes after the 20 expected (20 labels)" + REPLACE);
    Files.write(labels, TestFiles.gzip(Arrays.copyOf(TestFiles.labels(20), 29)));
    fails(labels, ": has trailing bytes after the 20 expected (20 labels)" + REPLACE);
  }

  @Test
  void corruptGzip() throws IOException {
    byte[] zip = TestFiles.gzip(TestFiles.images(20));
    zip[zip.length - 6] ^= 1; // in the checksum
    Files.write(images, zip);
    fails(images, ": holds corrupt gzip data (Corrupt GZIP trailer)" + REPLACE);
    zip[10] = -1; // no such kind of block
    Files.write(images, zip);
    fails(images, ": holds corrupt gzip data (invalid block type)" + REPLACE);
  }

  @Test
  void wrongMagic() throws IOException {
    Files.writeString(images, "<!DOCTYPE html>");
    fails(
        images,
        ": is not an IDX file of images: begins with 0x3c21444f, expected 0x00000803 or"
            + " 0x00000804"
            + REPLACE);
  }

  @Test
  void swapped() {
    assertThatThrownBy(() -> IdxReader.read(labels, images, 28, 10))
        .hasMessage(labels + ": holds labels, expected images; are the two files swapped?");
    assertThatThrownBy(() -> IdxReader.read(images, images, 28, 10))
        .hasMessage(images + ": holds images, expected labels; are the two files swapped?");
  }

  @Test
  void countsDiffer() throws IOException {
    Files.write(labels, TestFiles.labels(19));
    fails(
        labels,
        ": holds 19 labels, but " + images + " holds 20 images; take both files from the same set");
  }

  @Test
  void labelOutOfRange() throws IOException {
    byte[] bytes = TestFiles.labels(20);
    bytes[8 + 5] = (byte) 200;
    Files.write(labels, bytes);
    fails(labels, ": label 5 is 200, expected 0 to 9" + REPLACE);
  }

  @Test
  void dimensionZero() throws IOException {
    Files.write(images, TestFiles.idx(0x803, new int[] {0, 28, 28}, new byte[0]));
    fails(
        images,
        ": its header promises 0 images of 28x28, expected 1 to 268435456 of 1x1 to 1024x1024, at"
            + " most 256 channels"
            + REPLACE);
  }

  @Test
  void dimensionAbsurd() throws IOException {
    Files.write(images, TestFiles.idx(0x803, new int[] {-1, -1, -1}, new byte[0]));
    fails(
        images,
        ": its header promises 4294967295 images of 4294967295x4294967295, expected 1 to"
            + " 268435456 of 1x1 to 1024x1024, at most 256 channels"
            + REPLACE);
  }

  @Test
  void promisesBeyondTheFile() throws IOException {
    Files.write(images, TestFiles.idx(0x803, new int[] {300_000, 28, 28}, new byte[10]));
    fails(
        images,
        ": is truncated: 235200000 bytes expected (300000 images of 28x28), 10 found" + REPLACE);
  }

  @Test
  void gzipBombIsNotUnpackedBeyondItsHeader() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(images))) {
      out.write(TestFiles.images(20));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    fails(images, ": has trailing bytes after the 15680 expected (20 images of 28x28)" + REPLACE);
  }

  @Test
  void otherShape() throws IOException {
    Files.write(images, TestFiles.idx(0x803, new int[] {20, 32, 32}, new byte[20 * 1024]));
    fails(images, ": holds images of 32x32, expected 28x28; is it of another data set?");
  }
}
