package dev.gmr.bench.peers;

import dev.gmr.nn.ImageShape;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.NoiseOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What {@link Child} runs in a process of its own: training steps of one of the two, without the
 * other. Not among the programs that users see.
 */
final class Footprint implements Program {
  static final String NAME = "footprint";

  /** A step, and the loss before it. */
  private interface Step {
    double loss();
  }

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
   * What a child is to do.
   *
   * @param network name of a built-in one
   * @param shape of the images, of ten classes
   * @param regularized or plain
   * @param batch images a step
   * @param threads threads
   * @param steps the least steps
   * @param seconds of steps to time, and as many before them; 0 for none
   */
  record Work(
      String network,
      ImageShape shape,
      boolean regularized,
      int batch,
      int threads,
      int steps,
      int seconds) {
    private static final int CLASSES = 10;

    Task task() {
      return Task.of(
          Model.of(Model.builtIn(network), shape, CLASSES),
          regularized ? NoiseOptions.regularized(0.5, 1) : NoiseOptions.plain(),
          RandomImages.normalization(shape));
    }

    /** Returns the same without timing. */
    Work untimed() {
      return new Work(network, shape, regularized, batch, threads, steps, 0);
    }

    List<String> words() {
      return List.of(
          network,
          String.valueOf(shape.height()),
          String.valueOf(shape.width()),
          String.valueOf(shape.channels()),
          String.valueOf(regularized),
          String.valueOf(batch),
          String.valueOf(threads),
          String.valueOf(steps),
          String.valueOf(seconds));
    }

    static Work parse(List<String> words) {
      int[] n = new int[words.size()];
      for (int i = 0; i < n.length; i++) {
        n[i] = i == 0 || i == 4 ? 0 : Integer.parseInt(words.get(i));
      }
      return new Work(
          words.get(0),
          new ImageShape(n[1], n[2], n[3]),
          Boolean.parseBoolean(words.get(4)),
          n[5],
          n[6],
          n[7],
          n[8]);
    }
  }

  /**
   * Resident memory in KiB, and speed.
   *
   * @param loaded before the network is made; code and the batch are there
   * @param built before the first step
   * @param peak the most there ever was
   * @param loss loss of the first step
   * @param rate images a second, by the median of the timed steps; 0 if none is
   */
  record Result(long loaded, long built, long peak, double loss, double rate) {
    static Result parse(String line) {
      String[] words = line.strip().split(" ", -1);
      return new Result(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Double.parseDouble(words[3]),
          Double.parseDouble(words[4]));
    }

    @Override
    public String toString() {
      return loaded + " " + built + " " + peak + " " + loss + " " + rate;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a child of peers memory and networks";
  }

  @Override
  public String help() {
    return "Usage: peers footprint SIDE ...\n\nRun by peers memory and peers networks.\n";
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    if (words.size() != 10) {
      throw UserError.usage("footprint is run by peers memory; see peers memory --help");
    }
    Side side = Side.valueOf(words.getFirst());
    Work work = Work.parse(words.subList(1, words.size()));
    out.println(side == Side.GMR ? gmr(work) : torchs(side, work));
  }

  private static Result gmr(Work work) {
    Task task = work.task();
    Batches.Batch batch = RandomImages.batch(task.model(), work.batch());
    long loaded = resident("VmRSS");
    try (GmrTraining training =
        new GmrTraining(task, Values.drawn(task.model()), work.batch(), work.threads())) {
      return afterSteps(loaded, work, () -> training.step(batch));
    }
  }

  private static Result torchs(Side side, Work work) {
    torch.set_num_threads(work.threads());
    Task task = work.task();
    Model model = task.model();
    Batches.Batch batch = RandomImages.batch(model, work.batch());
    long loaded = resident("VmRSS");
    TorchNetwork network =
        TorchNetwork.of(model, Values.drawn(model), ScalarType.Float, side == Side.CHANNELS_LAST);
    TorchTraining training = new TorchTraining(network, task);
    TorchTraining.Ready ready = training.ready(batch);
    return afterSteps(loaded, work, () -> training.step(ready));
  }

  private static Result afterSteps(long loaded, Work work, Step step) {
    long built = resident("VmRSS");
    double loss = step.loss();
    nanos(step, work.steps() - 1, work.seconds()); // everything warms up
    double rate = 0;
    if (work.seconds() > 0) {
      rate = work.batch() * 1e9 / Turns.median(nanos(step, work.steps(), work.seconds()));
    }
    return new Result(loaded, built, resident("VmHWM"), loss, rate);
  }

  /** Returns the times of as many steps as take so long. */
  private static double[] nanos(Step step, int least, int seconds) {
    List<Double> times = new ArrayList<>();
    long begun = System.nanoTime();
    long now = begun;
    while (times.size() < least || now - begun < seconds * 1_000_000_000L) {
      long before = now;
      step.loss();
      now = System.nanoTime();
      times.add((double) (now - before));
    }
    return times.stream().mapToDouble(t -> t).toArray();
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
