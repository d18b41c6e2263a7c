package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {
  private static final String REPLACE = "; replace the file (\"gmr data fetch\" downloads it)";

  @TempDir private Path dir;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }

  private static void fails(Path file, int labelBytes, int classes, String problem) {
    assertThatThrownBy(() -> CifarReader.read(List.of(file), labelBytes, classes))
        .isInstanceOf(DataException.class)
        .hasMessage(file + problem);
  }

  @Test
  void interleavesThePlanesAndAppendsTheBatches() throws IOException {
    Path one = file("1", TestFiles.cifar(3, 1, 10));
    Path two = file("2", TestFiles.cifar(2, 1, 10));
    ImageSet set = CifarReader.read(List.of(one, two), 1, 10);
    assertThat(set).hasToString("5 images of 32x32x3, 10 classes");
    assertThat(set.label(2)).isEqualTo(2);
    assertThat(set.label(4)).isEqualTo(1);
    int place = 5 * 32 + 6;
    for (int c = 0; c < 3; c++) {
      assertThat(set.pixel(2, 5, 6, c)).isEqualTo(2 + 80 * c + (1024 * c + place) % 7);
    }
  }

  @Test
  void takesTheFineLabel() throws IOException {
    byte[] bytes = TestFiles.cifar(60, 2, 100);
    bytes[3074] = 19; // a coarse label
    ImageSet set = CifarReader.read(List.of(file("train.bin", bytes)), 2, 100);
    assertThat(set.label(1)).isEqualTo(1);
    assertThat(set.label(59)).isEqualTo(59);
  }

  @Test
  void truncatedOrTrailing() throws IOException {
    byte[] good = TestFiles.cifar(3, 1, 10);
    fails(
        file("short", Arrays.copyOf(good, good.length - 1)),
        1,
        10,
        ": its 9218 bytes are not a whole number of records of 3073 bytes:"
            + " truncated, or with trailing bytes"
            + REPLACE);
    fails(
        file("long", Arrays.copyOf(good, good.length + 1)),
        1,
        10,
        ": its 9220 bytes are not a whole number of records of 3073 bytes:"
            + " truncated, or with trailing bytes"
            + REPLACE);
  }

  @Test
  void ofTheOtherSet() throws IOException {
    fails(
        file("train.bin", TestFiles.cifar(3, 1, 10)),
        2,
        100,
        ": its 9219 bytes are not a whole number of records of 3074 bytes:"
            + " truncated, or with trailing bytes (a batch of CIFAR-10?)"
            + REPLACE);
  }

  @Test
  void labelOutOfRange() throws IOException {
    byte[] bytes = TestFiles.cifar(3, 1, 10);
    bytes[2 * 3073] = 10;
    fails(file("data", bytes), 1, 10, ": the label of image 2 is 10, expected 0 to 9" + REPLACE);
  }

  @Test
  void emptyMissingDirectory() throws IOException {
    fails(file("empty", new byte[0]), 1, 10, ": is empty" + REPLACE);
    fails(dir.resolve("none"), 1, 10, ": no such file; check --data-dir, or run gmr data fetch");
    fails(dir, 1, 10, ": is a folder, expected a file; move it away or check --data-dir");
  }

  @Test
  void absurdlyLarge() throws IOException {
    Path huge = dir.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(3073L * 1_000_000);
    }
    fails(
        huge,
        1,
        10,
        ": its 3073000000 bytes are more than any CIFAR batch, expected at most 268435456"
            + REPLACE);
  }
}
