package dev.gmr.bench;

import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.Workers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What 100 images cost in an epoch: with fresh augmentation of N folds they are N + 1 batches, N of
 * them under new noise, drawn by all threads; plain training is no fold, the regularizer one batch.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AugmentationBench extends StepState {
  private static final int BATCH = 100;
  private static final float SIGMA = 0.5f;

  /** What is trained. */
  @Param({"lenet", "alexnet"})
  public String network;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  private final CounterRandom random = CounterRandom.of(7);
  private final Workers.Task copy = this::copyImage;
  private int pixels;
  private float[] clean;
  private float[][] scratch;
  private CounterRandom fold;
  private long epoch;

  /** Creates the state. */
  public AugmentationBench() {}

  /** Folds; the regularizer has none. */
  @State(Scope.Benchmark)
  public static class Folds {
    /** Noisy copies of each image. */
    @Param({"0", "1", "5", "10", "20"})
    public int folds;

    /** Creates the state. */
    public Folds() {}
  }

  @Override
  TrainingStep plan(Case c) {
    return network.equals("alexnet")
        ? new AlexnetStep(BATCH, threads, regularized(c))
        : new LenetStep(BATCH, threads, regularized(c));
  }

  private static boolean regularized(Case c) {
    return c.method().equals("regularizer");
  }

  /** Checks the deviation of the noise. */
  @Override
  void prepare() {
    clean = step().images().clone();
    pixels = clean.length / BATCH;
    scratch = new float[threads][pixels];
    draw(0);
    double sum = 0;
    for (int i = 0; i < clean.length; i++) {
      double noise = step().images()[i] - clean[i];
      sum += noise * noise;
    }
    Samples.check("deviation", Math.sqrt(sum / clean.length), SIGMA, 0.01);
    System.arraycopy(clean, 0, step().images(), 0, clean.length);
  }

  private void draw(int number) {
    fold = random.child(epoch).child(number);
    step().workers().run(BATCH, copy);
  }

  private void copyImage(int image, int worker) {
    float[] noise = scratch[worker];
    float[] images = step().images();
    fold.normalInto(image, noise, 0, pixels);
    int at = image * pixels;
    for (int i = 0; i < pixels; i++) {
      images[at + i] = Math.fma(SIGMA, noise[i], clean[at + i]);
    }
  }

  /**
   * Clean batch and noisy ones.
   *
   * @param folds how many
   */
  @Benchmark
  public void augmentation(Folds folds) {
    System.arraycopy(clean, 0, step().images(), 0, clean.length);
    step().run();
    for (int f = 0; f < folds.folds; f++) {
      draw(f);
      step().run();
    }
    epoch++;
  }

  /** Clean and expected pass. */
  @Benchmark
  public void regularizer() {
    step().run();
  }

  /**
   * A way to train.
   *
   * @param title what it is called
   * @param method of this class
   * @param folds noisy copies of each image; -1 for the regularizer
   */
  record Training(String title, String method, int folds) {
    static final Training PLAIN = new Training("plain", "augmentation", 0);

    /** From none to most folds. */
    static final List<Training> ALL =
        List.of(
            PLAIN,
            new Training("regularizer", "regularizer", -1),
            new Training("1 fold", "augmentation", 1),
            new Training("5 folds", "augmentation", 5),
            new Training("10 folds", "augmentation", 10),
            new Training("20 folds", "augmentation", 20));

    /** The case of a network and a number of threads. */
    Case of(String network, int threads) {
      Case c = new Case(method, Map.of("network", network, "threads", String.valueOf(threads)));
      return folds < 0 ? c : c.with("folds", String.valueOf(folds));
    }
  }

  /** What the case's cost is compared with. */
  static Case plain(Case c) {
    return Training.PLAIN.of(c.param("network"), c.number("threads"));
  }

  static Work work(Case c) {
    boolean regularized = regularized(c);
    double step =
        c.param("network").equals("alexnet")
            ? AlexnetStep.stepFlops(regularized)
            : Lenet.stepFlops(regularized);
    int steps = regularized ? 1 : c.number("folds") + 1;
    return Work.flops(BATCH * step * steps, c.number("threads"));
  }
}
