package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
  private static final int IMAGES = 200;
  private static final int SIDE = 256;
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  @TempDir private Path dir;

  private void write(String part) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x803).putInt(IMAGES).putInt(SIDE);
    Path images = dir.resolve(part + "-images-idx3-ubyte");
    try (RandomAccessFile file = new RandomAccessFile(images.toFile(), "rw")) {
      file.write(header.putInt(SIDE).array());
      file.setLength(16L + IMAGES * SIDE * SIDE);
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    Files.write(dir.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  /** Returns the kB of a mapped file that are in this process's memory. */
  private static long resident(String file) throws IOException {
    List<String> lines = Files.readAllLines(MAPPINGS);
    long kilobytes = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith(file)) {
        String rss =
            lines.subList(i, i + 8).stream().filter(l -> l.startsWith("Rss:")).findAny().get();
        kilobytes += Long.parseLong(rss.replaceAll("\\D", ""));
      }
    }
    return kilobytes;
  }

  @Test
  void bringsTheBatchThatWasAskedForIntoMemory() throws Exception {
    assumeTrue(Files.isReadable(MAPPINGS), "this system does not tell what is in memory");
    write("train");
    write("test");
    ImageSet set = DataSets.load("idx", dir).train();
    String file = dir.resolve("train-images-idx3-ubyte").toString();
    int[] images = new int[IMAGES];
    int[] order = new int[2 * IMAGES]; // two copies of each image
    for (int i = 0; i < IMAGES; i++) {
      images[i] = i;
      order[2 * i] = 2 * i;
      order[2 * i + 1] = 2 * i + 1;
    }
    long before = resident(file);
    ReadAhead ahead = new ReadAhead(set);
    ahead.batch(images, order, 2, order.length, 10); // the end of an epoch
    ahead.batch(images, order, 2, 200, 100); // images 100 to 149: 3200 kB
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (resident(file) < before + 3200 && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    // Linux also maps what lies around a page that is touched, but not the other 9600 kB.
    assertThat(resident(file)).isBetween(before + 3200, before + 6400);
  }
}
