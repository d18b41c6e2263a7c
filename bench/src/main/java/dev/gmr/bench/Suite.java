package dev.gmr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What can be run by name.
 *
 * @param title the name that users write
 * @param description one line about it
 * @param benchmarks classes with its methods
 * @param works what a call of each of its cases does
 * @param unit unit that its times are shown in
 * @param quickParams parameters that a quick run is confined to
 * @param ratios comparisons among its cases
 * @param compilation who compiles what its cases measure
 * @param reader what JMH's JSON of a run says of its cases
 * @param byTurns whether all cases of a run take turns in one process, so that each iteration has a
 *     ratio of its own
 */
record Suite(
    String title,
    String description,
    List<Class<?>> benchmarks,
    Function<Case, Work> works,
    TimeUnit unit,
    Map<String, String> quickParams,
    List<Ratio> ratios,
    Effort.Compilation compilation,
    Function<JsonNode, List<Measurement>> reader,
    boolean byTurns) {

  static final Suite PEAK =
      new Suite(
          "peak",
          "FMA peak and memory bandwidth, 1 and 2 threads; every run starts with them",
          List.of(PeakBench.class),
          PeakBench::work,
          TimeUnit.MICROSECONDS,
          Map.of(),
          List.of(Ratio.THREADS),
          Effort.Compilation.JMH);

  static final Suite GEMM =
      new Suite(
          "gemm",
          "the products of a linear layer: forward, and backward to weights and input",
          List.of(GemmBench.class),
          GemmBench::work,
          TimeUnit.MICROSECONDS,
          Map.of(),
          List.of(),
          Effort.Compilation.JMH);

  static final Suite CONV =
      new Suite(
          "conv",
          "convolutions of LeNet, AlexNet and ResNets: forward, and backward to weights and input",
          List.of(ConvBench.class, ConvInputBench.class, WinogradConvBench.class),
          ConvBench::work,
          TimeUnit.MICROSECONDS,
          Map.of(),
          List.of(),
          Effort.Compilation.JMH);

  static final Suite ELEMENTWISE =
      new Suite(
          "elementwise",
          "ReLU moments, exp, normal cdf, pooling, normal numbers, softmax, Adam; simd and scalar",
          List.of(ElementwiseBench.class),
          ElementwiseBench::work,
          TimeUnit.MICROSECONDS,
          Map.of(),
          List.of(new Ratio("speed/scalar", c -> c.with("backend", "scalar"), Ratio.Form.SPEED)),
          Effort.Compilation.JMH);

  static final Suite MOMENTS =
      new Suite(
          "moments",
          "Gaussian functions, moments and pairs; a copy, Commons and quadrature beside them",
          List.of(
              MeanBench.class,
              MeanBaselineBench.class,
              WidthBench.class,
              FunctionBench.class,
              MomentBench.class,
              PairBench.class,
              QuadratureBench.class,
              CovarianceBench.class),
          MomentWork::of,
          TimeUnit.MICROSECONDS,
          Map.of("backend", "simd", "n", String.valueOf(MeanBench.CACHED)),
          MomentWork.RATIOS,
          Effort.Compilation.KERNELS);

  static final Suite STEP =
      new Suite(
          "step",
          "whole training steps of LeNet and AlexNet; LeNet's batch of 1000 not with --quick",
          List.of(StepBench.class, AlexnetBench.class),
          StepBench::work,
          TimeUnit.MILLISECONDS,
          Map.of("batch", "100"),
          List.of(new Ratio("time/plain", StepBench::plain, Ratio.Form.TIME), Ratio.THREADS),
          Effort.Compilation.STEPS);

  static final Suite TURNS =
      new Suite(
          "turns",
          "steps by turns in one process: 1 thread and 2, plain and regularized, for their ratios",
          List.of(LenetTurnsBench.class, AlexnetTurnsBench.class),
          TurnsState::work,
          TimeUnit.MILLISECONDS,
          Map.of("batch", "100"),
          List.of(Ratio.PLAIN, Ratio.THREADS),
          Effort.Compilation.STEPS,
          TurnsState::measurements,
          true);

  static final Suite AUGMENTATION =
      new Suite(
          "augmentation",
          "cost of 100 images in an epoch of LeNet or AlexNet: plain (no fold), regularizer, N folds",
          List.of(AugmentationBench.class),
          AugmentationBench::work,
          TimeUnit.MILLISECONDS,
          Map.of("threads", "2"),
          List.of(
              new Ratio("time/plain", AugmentationBench::plain, Ratio.Form.TIME), Ratio.THREADS),
          Effort.Compilation.STEPS);

  static final Suite INFERENCE =
      new Suite(
          "inference",
          "LeNet's logits for 1, 100 and 1000 images",
          List.of(InferenceBench.class),
          InferenceBench::work,
          TimeUnit.MILLISECONDS,
          Map.of(),
          List.of(Ratio.THREADS),
          Effort.Compilation.JMH);

  static final Suite SCALING =
      new Suite(
          "scaling",
          "a regularized step of LeNet by batch, threads and width of the vectors",
          List.of(ScalingBench.class, StepWidthBench.class),
          ScalingBench::work,
          TimeUnit.MILLISECONDS,
          Map.of("batch", "32"),
          List.of(
              Ratio.THREADS, new Ratio("speed/512 bits", StepWidthBench::widest, Ratio.Form.SPEED)),
          Effort.Compilation.STEPS);

  /** A suite each of whose runs is a case. */
  Suite(
      String title,
      String description,
      List<Class<?>> benchmarks,
      Function<Case, Work> works,
      TimeUnit unit,
      Map<String, String> quickParams,
      List<Ratio> ratios,
      Effort.Compilation compilation) {
    this(
        title,
        description,
        benchmarks,
        works,
        unit,
        quickParams,
        ratios,
        compilation,
        run -> List.of(Measurement.of(run)),
        false);
  }

  /** Every suite, in the order in which they run. */
  static final List<Suite> ALL =
      List.of(
          PEAK, GEMM, CONV, ELEMENTWISE, MOMENTS, STEP, TURNS, SCALING, AUGMENTATION, INFERENCE);

  static List<String> names() {
    return ALL.stream().map(Suite::title).toList();
  }

  /** Reads what JMH found: its JSON of some runs. */
  List<Measurement> measurements(List<JsonNode> runs) {
    return runs.stream().flatMap(run -> reader.apply(run).stream()).toList();
  }

  Work work(Case c) {
    return works.apply(c);
  }
}
