package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets larger than the heap, in a JVM of 64 MB. The files are sparse: they take little disk. */
class LargeSetTest {
  private static final int SIDE = 224;
  private static final int LENGTH = SIDE * SIDE * 3;

  @TempDir private Path dir;

  /** Where the set's images are not black: the first, one in the middle, the last. */
  private static int[] marked(int images) {
    return new int[] {0, images / 2, images - 1};
  }

  private void write(String part, int images) throws IOException {
    Path file = dir.resolve(part + "-images-idx4-ubyte");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(TestFiles.idx(0x804, new int[] {images, SIDE, SIDE, 3}, new byte[0]));
      byte[] image = new byte[LENGTH];
      for (int n : marked(images)) {
        for (int i = 0; i < LENGTH; i++) {
          image[i] = (byte) (n + i);
        }
        out.seek(20L + (long) n * LENGTH);
        out.write(image);
      }
      out.setLength(20L + (long) images * LENGTH);
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + images).putInt(0x801).putInt(images);
    for (int i = 0; i < images; i++) {
      labels.put((byte) (i % 5));
    }
    Files.write(dir.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  private static double sum(ImageSet set, int[] order) {
    float[] image = new float[set.imageLength()];
    Normalization norm = new Normalization(new float[3], new float[] {1, 1, 1});
    double sum = 0;
    for (int i : order) {
      set.normalizedInto(i, norm, image, 0);
      for (float x : image) {
        sum += Math.round(255 * x);
      }
      sum += set.label(i);
    }
    return sum;
  }

  /**
   * The child: reads a folder's sets, all of the test images and the ends of the training images.
   *
   * @param args the folder
   */
  public static void main(String[] args) {
    DataSet data = DataSets.load("idx", Path.of(args[0]));
    int[] all = Shuffle.permutation(data.test().size(), 1, 1);
    System.out.println(Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(data.test().sha256());
    System.out.println(sum(data.test(), all));
    System.out.println(sum(data.train(), marked(data.train().size())));
  }

  @Test
  void setsLargerThanTheHeapAreRead() throws IOException, InterruptedException {
    int train = 15_000; // 2.26 GB: beyond an array and an int
    int test = 1000; // 150 MB: more than twice the heap
    write("train", train);
    write("test", test);
    File output = dir.resolve("output").toFile();
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    LargeSetTest.class.getName(),
                    dir.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(output.toPath())).isZero();
    double testLabels = 0;
    for (int i = 0; i < test; i++) {
      testLabels += i % 5;
    }
    double trainLabels = 0;
    for (int n : marked(train)) {
      trainLabels += n % 5;
    }
    // Any 256 neighbours of a marked image hold each value once: 150,528 is 588 times 256.
    double ink = 588 * 255 * 128.;
    List<String> lines = Files.readAllLines(output.toPath());
    assertThat(Integer.parseInt(lines.get(0))).isLessThanOrEqualTo(64);
    DataSet here = DataSets.load("idx", dir);
    assertThat(here.train()).hasToString("15000 images of 224x224x3, 5 classes");
    byte[] bytes = new byte[test * LENGTH];
    byte[] labels = new byte[test];
    for (int n : marked(test)) {
      for (int i = 0; i < LENGTH; i++) {
        bytes[n * LENGTH + i] = (byte) (n + i);
      }
    }
    for (int i = 0; i < test; i++) {
      labels[i] = (byte) (i % 5);
    }
    assertThat(lines.get(1)).isEqualTo(ImageSet.wrap(SIDE, SIDE, 3, 5, bytes, labels).sha256());
    assertThat(Double.parseDouble(lines.get(2))).isEqualTo(3 * ink + testLabels);
    assertThat(Double.parseDouble(lines.get(3))).isEqualTo(3 * ink + trainLabels);
  }
}
