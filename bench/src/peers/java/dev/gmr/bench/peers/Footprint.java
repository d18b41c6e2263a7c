package dev.gmr.bench.peers;

import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What {@link Memory} runs in a process of its own: regularized steps of LeNet by one of the two,
 * without the other. Not among the programs that users see.
 */
final class Footprint implements Program {
  static final String NAME = "footprint";

  private static final double RATE = 1e-4;

  /** Who makes the steps. */
  enum Side {
    GMR("gmr"),
    TORCH("PyTorch"),
    CHANNELS_LAST("PyTorch, channels last");

    private final String title;

    Side(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * Resident memory in KiB.
   *
   * @param loaded before the network is made; code and the batch are there
   * @param built before the first step
   * @param peak the most there ever was
   * @param loss loss of the first step
   */
  record Result(long loaded, long built, long peak, double loss) {
    static Result parse(String line) {
      String[] words = line.strip().split(" ", -1);
      return new Result(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Double.parseDouble(words[3]));
    }

    @Override
    public String toString() {
      return loaded + " " + built + " " + peak + " " + loss;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a child of peers memory";
  }

  @Override
  public String help() {
    return "Usage: peers footprint SIDE BATCH THREADS STEPS\n\nRun by peers memory.\n";
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    if (words.size() != 4) {
      throw UserError.usage("footprint is run by peers memory; see peers memory --help");
    }
    Side side = Side.valueOf(words.get(0));
    int size = Integer.parseInt(words.get(1));
    int threads = Integer.parseInt(words.get(2));
    int steps = Integer.parseInt(words.get(3));
    out.println(side == Side.GMR ? gmr(size, threads, steps) : torchs(side, size, threads, steps));
  }

  private static Result gmr(int size, int threads, int steps) {
    Batches.Batch batch = Steps.batch(size);
    long loaded = resident("VmRSS");
    try (GmrTraining training = new GmrTraining(weights(), Memory.NOISE, RATE, size, threads)) {
      return afterSteps(loaded, training::step, batch, steps);
    }
  }

  private static Result torchs(Side side, int size, int threads, int steps) {
    torch.set_num_threads(threads);
    Batches.Batch batch = Steps.batch(size);
    long loaded = resident("VmRSS");
    TorchLenet network =
        side == Side.TORCH
            ? TorchLenet.of(weights(), ScalarType.Float)
            : TorchLenet.channelsLast(weights(), ScalarType.Float);
    TorchTraining training = new TorchTraining(network, Memory.NOISE, RATE);
    return afterSteps(loaded, training::step, batch, steps);
  }

  private static Result afterSteps(
      long loaded, ToDoubleFunction<Batches.Batch> step, Batches.Batch batch, int steps) {
    long built = resident("VmRSS");
    double[] losses = new double[steps];
    for (int i = 0; i < steps; i++) {
      losses[i] = step.applyAsDouble(batch);
    }
    return new Result(loaded, built, resident("VmHWM"), losses[0]);
  }

  /** Initial values that neither side draws: uniform in +-1 / sqrt(inputs), as both have them. */
  private static Map<String, float[]> weights() {
    Random random = new Random(1);
    Map<String, float[]> weights = new LinkedHashMap<>();
    double bound = 0;
    for (Map.Entry<String, long[]> shape : TorchLenet.shapes().entrySet()) {
      long[] sizes = shape.getValue();
      int n = 1;
      for (long size : sizes) {
        n *= (int) size;
      }
      if (sizes.length > 1) {
        bound = Math.sqrt((double) sizes[0] / n);
      } // a bias comes after its weights
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
      weights.put(shape.getKey(), values);
    }
    return weights;
  }

  /** Returns a line of what Linux tells of this process, in KiB. */
  private static long resident(String name) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> UserError.files("/proc/self/status has no line " + name));
    } catch (IOException e) {
      throw UserError.files("cannot read /proc/self/status: " + e.getMessage(), e);
    }
  }
}
