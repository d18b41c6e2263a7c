package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a user's own files, which are mapped, in processes of their own. */
class OwnImagesTest {
  /** 173 MB, most of it a hole in the file. */
  private static final int MANY = 1_200_000;

  @TempDir private Path dir;

  private static byte[] header(int magic, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length).putInt(magic);
    for (int n : shape) {
      bytes.putInt(n);
    }
    return bytes.array();
  }

  /** Writes drawn digits, and black images behind them up to {@code n}. */
  private static void write(Path folder, String part, ImageSet digits, int n, boolean gzip)
      throws IOException {
    Files.createDirectories(folder);
    int length = digits.imageLength();
    byte[] pixels = new byte[digits.size() * length];
    byte[] labels = new byte[n];
    for (int i = 0; i < digits.size(); i++) {
      digits.copyInto(i, pixels, i * length);
      labels[i] = (byte) digits.label(i);
    }
    Path images = folder.resolve(part + "-images-idx3-ubyte" + (gzip ? ".gz" : ""));
    try (OutputStream file = Files.newOutputStream(images);
        OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
      out.write(header(0x803, n, digits.height(), digits.width()));
      out.write(pixels);
    }
    if (!gzip) {
      try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
        file.setLength(16L + (long) n * length);
      }
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte"))) {
      out.write(header(0x801, n));
      out.write(labels);
    }
  }

  private Child train(String name, String heap, Path data, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                "idx",
                "--data-dir",
                data.toString(),
                "--out",
                dir.resolve(name).toString(),
                "--batch-size",
                "10",
                "--no-evaluate",
                "--quiet"));
    arguments.addAll(List.of(more));
    return Child.start(dir.resolve(name + ".txt"), heap, arguments);
  }

  private String printed(String name) throws IOException {
    return Files.readString(dir.resolve(name + ".txt"));
  }

  /** The same images, mapped and read ahead from a file larger than the heap, and from an array. */
  @Test
  void mappedImagesTrainTheSameWeightsAsImagesInMemory() throws Exception {
    DataSet digits = TestRuns.digits(120, 20);
    write(dir.resolve("large"), "train", digits.train(), MANY, false);
    write(dir.resolve("large"), "test", digits.test(), 20, false);
    write(dir.resolve("small"), "train", digits.train(), 120, true);
    write(dir.resolve("small"), "t10k", digits.test(), 20, true);
    String[] options = {"--limit", "120", "--epochs", "1", "--lr", "1e-3", "--threads", "2"};
    try (Child large = train("mapped", "-Xmx64m", dir.resolve("large"), options);
        Child small = train("array", "-Xmx64m", dir.resolve("small"), options)) {
      assertThat(large.end()).as(printed("mapped")).isZero();
      assertThat(small.end()).as(printed("array")).isZero();
    }
    assertThat(printed("mapped")).contains("memory: ").contains(" data 0 and 165 mapped)");
    assertThat(printed("array")).contains("memory: ").contains(" data 1)");
    assertThat(TestRuns.Outcome.of(dir.resolve("mapped")))
        .isEqualTo(TestRuns.Outcome.of(dir.resolve("array")));
  }

  @Test
  void aFileCutShortDuringARunIsNamedInOneLine() throws Exception {
    DataSet digits = TestRuns.digits(200, 20);
    Path data = dir.resolve("data");
    write(data, "train", digits.train(), 200, false);
    write(data, "test", digits.test(), 20, false);
    Path images = data.resolve("train-images-idx3-ubyte");
    try (Child child = train("cut", "-Xmx64m", data, "--epochs", "1000", "--stop-patience", "0")) {
      assertThat(child.reaches(() -> Files.exists(dir.resolve("cut/metrics.csv"))))
          .as(printed("cut"))
          .isTrue();
      try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
        file.setLength(20_000);
      }
      assertThat(child.end()).as(printed("cut")).isEqualTo(3);
    }
    assertThat(printed("cut"))
        .doesNotContain("\tat ")
        .contains(
            "gmr train: "
                + images
                + ": changed or became shorter while it was in use; bring it back as it was and"
                + " leave it alone during a run\n");
  }
}
