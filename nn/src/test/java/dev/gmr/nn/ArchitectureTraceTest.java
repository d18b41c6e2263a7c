package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes, and where layers may stand. */
class ArchitectureTraceTest {
  private static final ImageShape INPUT = new ImageShape(8, 6, 3);
  private static final Layer RELU = new Layer.Relu();
  private static final Layer NORM = new Layer.BatchNorm("n");
  private static final Layer POOL = new Layer.MaxPool(2, 2);
  private static final Layer AVERAGE = new Layer.AvgPool(2, 2);
  private static final Layer GLOBAL = new Layer.GlobalAvgPool();
  private static final Layer CLASSES = new Layer.Linear("fc", Layer.Linear.CLASSES);
  private static final String POOLS = "it stands behind conv, batchnorm, relu or another pool";
  private static final String RELUS =
      "it stands behind conv, batchnorm, residual, linear, or a maxpool directly behind conv or"
          + " batchnorm";
  private static final String FLAT =
      "behind globalavgpool stands linear alone, behind linear only linear and relu, and neither"
          + " stands in a residual";

  private static Layer conv(String name, int channels) {
    return new Layer.Conv(name, channels, 3, 1, 1);
  }

  private static Layer sum(Layer... body) {
    return new Layer.Residual(List.of(body), List.of());
  }

  private static Architecture exactly(Layer... layers) {
    return new Architecture("net", List.of(layers));
  }

  /** Puts the usual ends around: conv, relu in front, linear behind. */
  private static Architecture around(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(conv("first", 4), RELU));
    all.addAll(List.of(layers));
    all.add(CLASSES);
    return new Architecture("net", all);
  }

  private static Arguments refused(Architecture architecture, String message) {
    return Arguments.of(architecture, message);
  }

  static Stream<Arguments> misplaced() {
    Layer in = conv("c", 4);
    Layer linear = new Layer.Linear("l", 5);
    String first =
        "the moments of noise need a relu behind the first conv, or behind its batchnorm; expected"
            + " conv, relu or conv, batchnorm, relu";
    return Stream.of(
        refused(exactly(), "there are no layers"),
        refused(exactly(RELU, CLASSES), "the first layer is a relu; expected a conv"),
        refused(exactly(in), first),
        refused(exactly(in, POOL, RELU, CLASSES), first),
        refused(exactly(in, NORM, POOL, RELU, CLASSES), first),
        refused(exactly(in, NORM, CLASSES), first),
        refused(
            exactly(in, RELU, linear),
            "the last layer is no linear one with \"outputs\": \"classes\""),
        refused(
            exactly(in, RELU, CLASSES, RELU),
            "the last layer is no linear one with \"outputs\": \"classes\""),
        refused(
            around(NORM),
            "batchnorm n may not stand behind the relu; it stands directly behind a conv"),
        refused(around(RELU), "the relu may not stand behind the relu; " + RELUS),
        refused(around(POOL, RELU), "the relu may not stand behind the maxpool; " + RELUS),
        refused(around(in, AVERAGE, RELU), "the relu may not stand behind the avgpool; " + RELUS),
        refused(
            around(in, new Layer.MaxPool(1, 1), POOL, RELU),
            "the relu may not stand behind the maxpool; " + RELUS),
        refused(around(GLOBAL, RELU), "the relu may not stand behind the globalavgpool; " + RELUS),
        refused(around(sum(in), POOL), "the maxpool may not stand behind the residual; " + POOLS),
        refused(
            around(sum(in), AVERAGE), "the avgpool may not stand behind the residual; " + POOLS),
        refused(around(sum(RELU)), "the relu may not stand first in a residual; " + RELUS),
        refused(
            around(sum(NORM)),
            "batchnorm n may not stand first in a residual; it stands directly behind a conv"),
        refused(
            around(sum(in, linear)),
            "linear l may not stand behind conv c; a residual takes conv, batchnorm, relu, pools"
                + " and residuals"),
        refused(around(sum(in, GLOBAL)), "the globalavgpool may not stand behind conv c; " + FLAT),
        refused(around(GLOBAL, in), "conv c may not stand behind the globalavgpool; " + FLAT),
        refused(
            around(GLOBAL, GLOBAL),
            "the globalavgpool may not stand behind the globalavgpool; " + FLAT),
        refused(around(linear, in), "conv c may not stand behind linear l; " + FLAT),
        refused(around(linear, RELU, in), "conv c may not stand behind the relu; " + FLAT),
        refused(around(linear, RELU, POOL), "the maxpool may not stand behind the relu; " + POOLS),
        refused(
            around(linear, RELU, sum(in)), "the residual may not stand behind the relu; " + FLAT));
  }

  static Stream<Arguments> unfitting() {
    return Stream.of(
        refused(
            around(POOL, POOL, POOL),
            "maxpool behind first (2x2) does not fit its input of 2 x 1 x 4"),
        refused(
            around(new Layer.Conv("conv4", 8, 7, 1, 0)),
            "conv4 (7x7, padding 0) does not fit its input of 8 x 6 x 4"),
        refused(
            around(sum(new Layer.Conv("c", 4, 5, 1, 0))),
            "the sides of the residual that begins with c differ: its layers end in 4 x 2 x 4 (c),"
                + " its shortcut in 8 x 6 x 4 (its input)"),
        refused(
            around(
                new Layer.Residual(
                    List.of(conv("c", 5), new Layer.BatchNorm("n")), List.of(conv("d", 6)))),
            "the sides of the residual that begins with c differ: its layers end in 8 x 6 x 5 (n),"
                + " its shortcut in 8 x 6 x 6 (d)"),
        refused(
            around(new Layer.Conv("c", 1 << 16, 1, 1, 0), new Layer.Conv("d", 1 << 15, 1, 1, 0)),
            "d brings the parameters to 2147844208; at most 2147483647 fit"),
        refused(
            around(new Layer.Linear("l", 1 << 16), RELU, new Layer.Linear("m", 1 << 16)),
            "m brings the parameters to 4307681392; at most 2147483647 fit"));
  }

  @ParameterizedTest
  @MethodSource({"misplaced", "unfitting"})
  void whatIsWrongIsNamed(Architecture architecture, String message) {
    assertThatThrownBy(() -> architecture.trace(INPUT, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage("net with images of 8 x 6 x 3: " + message);
  }

  @Test
  void imagesAreNotTooLarge() {
    ImageShape huge = new ImageShape(1 << 16, 1 << 16, 1);

    assertThatThrownBy(() -> around().trace(huge, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage(
            "net with images of 65536 x 65536 x 1: first gives 65536 x 65536 x 4 values an image;"
                + " at most 2147483647 fit");
    assertThatThrownBy(() -> around().trace(new ImageShape(1, (1 << 16) + 1, 1), 10))
        .hasMessage("width is 65537; expected 1 to 65536");
    assertThatThrownBy(() -> around().trace(INPUT, 1))
        .hasMessage("classes is 1; expected 2 to 65536");
  }

  static Stream<Architecture> placed() {
    Layer in = conv("c", 4);
    Layer linear = new Layer.Linear("l", 5);
    return Stream.of(
        around(),
        around(GLOBAL),
        exactly(in, NORM, RELU, POOL, CLASSES),
        around(in, CLASSES_OF_ANOTHER_NAME),
        around(in, NORM, POOL, RELU),
        around(in, POOL, RELU),
        around(POOL, AVERAGE),
        around(AVERAGE, POOL),
        around(sum(in, NORM), RELU, POOL),
        around(sum(in), sum(conv("d", 4))),
        around(sum(sum(in), RELU, conv("d", 4))),
        around(new Layer.Residual(List.of(POOL), List.of(AVERAGE, in))),
        around(sum(in), GLOBAL),
        around(linear, RELU));
  }

  private static final Layer CLASSES_OF_ANOTHER_NAME = new Layer.Linear("k", Layer.Linear.CLASSES);

  @ParameterizedTest
  @MethodSource("placed")
  void whatFitsIsFollowed(Architecture architecture) {
    List<LayerTrace> trace = architecture.trace(INPUT, 10);

    assertThat(trace.getFirst().in()).isEqualTo(INPUT);
    assertThat(trace.getLast().out()).isEqualTo(new ImageShape(1, 1, 10));
  }

  /** A convolution has a bias exactly where no batch norm follows; sizes by hand. */
  @Test
  void aResidualIsFollowedByBothSides() {
    Architecture a =
        exactly(
            new Layer.Conv("a", 4, 3, 1, 0),
            NORM,
            RELU,
            new Layer.Residual(
                List.of(new Layer.Conv("b", 6, 3, 2, 1), new Layer.BatchNorm("m")),
                List.of(new Layer.Conv("d", 6, 1, 2, 0))),
            RELU,
            CLASSES);
    ImageShape full = new ImageShape(6, 4, 4);
    ImageShape half = new ImageShape(3, 2, 6);

    assertThat(a.trace(INPUT, 10))
        .containsExactly(
            new LayerTrace(a.layers().get(0), "a", 0, INPUT, full, 108, 2 * 108 * 24),
            new LayerTrace(NORM, "n", 0, full, full, 8, 0),
            new LayerTrace(RELU, "relu behind n", 0, full, full, 0, 0),
            new LayerTrace(new Layer.Conv("b", 6, 3, 2, 1), "b", 1, full, half, 216, 2 * 216 * 6),
            new LayerTrace(new Layer.BatchNorm("m"), "m", 1, half, half, 12, 0),
            new LayerTrace(new Layer.Conv("d", 6, 1, 2, 0), "d", 1, full, half, 24 + 6, 2 * 24 * 6),
            new LayerTrace(a.layers().get(3), "residual behind n", 0, full, half, 0, 0),
            new LayerTrace(RELU, "relu behind d", 0, half, half, 0, 0),
            new LayerTrace(CLASSES, "fc", 0, half, new ImageShape(1, 1, 10), 370, 720));
  }

  @Test
  void conditionsAreSettledByTheInput() {
    Layer either = new Layer.MaxPool(2, 2, 7);
    Architecture a = around(new Layer.Residual(List.of(conv("c", 4), either), List.of(either)));

    assertThat(a.forInput(new ImageShape(7, 8, 3)).layers().get(2))
        .isEqualTo(new Layer.Residual(List.of(conv("c", 4), POOL), List.of(POOL)));
    assertThat(a.forInput(new ImageShape(8, 6, 3)).layers().get(2)).isEqualTo(sum(conv("c", 4)));
    assertThatThrownBy(() -> around(sum(either)).trace(INPUT, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage(
            "net: a residual has no layers left for images of 8 x 6; leave away its minSide");
  }
}
