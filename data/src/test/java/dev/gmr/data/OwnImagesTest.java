package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnImagesTest {
  @TempDir private Path dir;

  @BeforeEach
  void goodFiles() throws IOException {
    Files.write(dir.resolve("train-images-idx4-ubyte"), colour(12, 9, 9));
    Files.write(dir.resolve("train-labels-idx1-ubyte"), TestFiles.labels(12));
    Files.write(dir.resolve("test-images-idx4-ubyte"), colour(6, 9, 9));
    Files.write(dir.resolve("test-labels-idx1-ubyte"), TestFiles.labels(6));
  }

  private static byte[] colour(int n, int height, int width) {
    byte[] body = new byte[n * height * width * 3];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    return TestFiles.idx(0x804, new int[] {n, height, width, 3}, body);
  }

  private DataSet load() {
    return DataSets.load("idx", dir);
  }

  private void fails(String message) {
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .hasMessage(message.replace("DIR", dir.toString()));
  }

  @Test
  void readsColourImagesWithDefaults() {
    DataSet set = load();
    assertThat(set.train()).hasToString("12 images of 9x9x3, 10 classes");
    assertThat(set.test()).hasToString("6 images of 9x9x3, 10 classes");
    assertThat(set.train().pixel(2, 3, 4, 1)).isEqualTo((2 * 243 + 3 * 27 + 4 * 3 + 1) % 256);
    assertThat(set.classNames()).startsWith("0", "1").hasSize(10);
    float[] half = {.5f, .5f, .5f};
    assertThat(set.normalization()).isEqualTo(new Normalization(half, half));
  }

  @Test
  void readsGreyGzippedFilesUnderMnistsNames() throws IOException {
    Path grey = Files.createDirectory(dir.resolve("grey"));
    Files.write(grey.resolve("train-images-idx3-ubyte.gz"), TestFiles.gzip(TestFiles.images(11)));
    Files.write(grey.resolve("train-labels.idx1-ubyte"), TestFiles.labels(11));
    Files.write(grey.resolve("t10k-images-idx3-ubyte"), TestFiles.images(4));
    Files.write(grey.resolve("t10k-labels-idx1-ubyte"), TestFiles.labels(4));
    assertThat(DataSets.load("idx", grey).train()).hasToString("11 images of 28x28x1, 10 classes");
    // Both there: only the raw one may be larger than the heap.
    Files.write(grey.resolve("train-images-idx3-ubyte"), TestFiles.images(11));
    assertThat(DataSets.load("idx", grey).train().mappedBytes()).isEqualTo(16 + 11 * 784);
  }

  @Test
  void namesAndNormalizationComeFromTheirFiles() throws IOException {
    Files.writeString(
        dir.resolve("classes.txt"), "ant\nbee\ncat \ndog\neel\nfox\ngnu\nhen\nibis\njay\nkoi\n");
    Files.writeString(dir.resolve("normalization.csv"), "mean,std\n0.5, 0.25\n0.4,0.2\n0.3,0.1\n");
    DataSet set = load();
    assertThat(set.classNames()).hasSize(11).contains("cat");
    assertThat(set.test().classes()).isEqualTo(11);
    assertThat(set.normalization())
        .isEqualTo(new Normalization(new float[] {.5f, .4f, .3f}, new float[] {.25f, .2f, .1f}));
  }

  @Test
  void labelsMustHaveNames() throws IOException {
    Files.writeString(dir.resolve("classes.txt"), "ant\nbee\n");
    fails(
        "DIR/train-labels-idx1-ubyte: label 2 is 2, expected 0 to 1; write the file again"
            + " (gmr data --help describes it)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one\n", "a\n\nb\n", "a\nb\na\n"})
  void wrongNames(String text) throws IOException {
    Files.writeString(dir.resolve("classes.txt"), text);
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(dir.resolve("classes.txt") + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.5,0.25", "0.5,0\n0,1\n0,1", "a,1\n0,1\n0,1", "0\n0\n0", "0,1,2\n0,1\n0,1"})
  void wrongNormalization(String text) throws IOException {
    Files.writeString(dir.resolve("normalization.csv"), text);
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "\\Q"
                + dir.resolve("normalization.csv")
                + "\\E: holds .*, expected a row \"mean,std\" for each of 3 channels, such as .*");
  }

  @Test
  void filesThatAreNoText() throws IOException {
    Files.write(dir.resolve("classes.txt"), new byte[] {(byte) 0xff, 0, 10});
    fails("DIR/classes.txt: is not text in UTF-8; save it as such");
    Files.write(dir.resolve("classes.txt"), "x\n".repeat(40_000).getBytes(StandardCharsets.UTF_8));
    fails("DIR/classes.txt: holds 80000 bytes, expected a few lines; put a text file there");
  }

  @Test
  void partsOfOtherShape() throws IOException {
    Files.write(dir.resolve("test-images-idx4-ubyte"), colour(6, 8, 8));
    fails(
        "DIR/test-images-idx4-ubyte: holds images of 8x8x3, but DIR/train-images-idx4-ubyte of"
            + " 9x9x3; make them alike");
    Files.write(dir.resolve("train-images-idx4-ubyte"), colour(12, 9, 8));
    fails(
        "DIR/train-images-idx4-ubyte: holds images of 9x8x3, but the networks take square ones;"
            + " crop or pad them");
  }

  @Test
  void missingFilesAreNamedWithTheRemedy() throws IOException {
    Files.delete(dir.resolve("test-labels-idx1-ubyte"));
    fails(
        "idx: DIR lacks test-labels-idx1-ubyte; name their folder by --data-dir (gmr data --help"
            + " describes the files)");
  }

  @Test
  void gzippedFilesOfMoreThanMemoryAreToBeUnpacked() throws IOException {
    Path file = dir.resolve("train-images-idx4-ubyte");
    Files.write(
        file, TestFiles.gzip(TestFiles.idx(0x804, new int[] {9000, 200, 200, 3}, new byte[9])));
    fails(
        "DIR/train-images-idx4-ubyte: promises 1080000000 bytes (9000 images of 200x200x3), but at"
            + " most 268435456 are unpacked in memory; unpack the file (gunzip)");
  }
}
