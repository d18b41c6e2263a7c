package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.Conv2d;
import dev.gmr.kernels.WinogradConv2d;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution with its parameters, and what the convolution blocks share: how its products are
 * computed, groups of samples, and the slices' partial gradients.
 */
final class ConvLayer {
  /** Output pixels that one kernel call should at least have, to fill its register tiles. */
  private static final int PIXELS = 192;

  /** Images that fill a tile's rows with two pixels: better than one pixel of some more. */
  private static final int HALF = TileKernels.ROWS / 2;

  /** Floats of a group's input and results, to stay in a cache of 1 MB beside the weights. */
  private static final int GROUP_FLOATS = 160 << 10;

  final Conv2d conv;
  final int group;
  final Parameter weight;

  /** Null where there is none. */
  final Parameter bias;

  /**
   * Whether the gradients of weight and bias are computed of all samples at once, since the slices'
   * partial ones would be larger than the results that they come from. Then no sum ends with a
   * slice, and samples go together in what numbers suit the kernels.
   */
  final boolean wide;

  private final ConvProducts results;
  private final ConvProducts inputGradient;
  private final ConvProducts weightGradient;
  private final int channels;
  private final List<SharedBuffer> scratch;
  private final float[][] partial;
  private final Parameters parameters;
  private final Workers workers;
  private final Pass pass;
  private final Workers.Task addPartials = this::addPartials;
  private final Workers.Task gradientPart = this::gradientPart;
  private final Workers.Task forwardPart = this::forwardPart;
  private int rows;
  private int weightParts;
  private float[] input;
  private float[] output;
  private float[] resultGradient;

  /**
   * Plans the layer.
   *
   * @param biased whether it has a bias
   * @param first whether its input is the network's: such a block never needs the input's gradient,
   *     and does not keep the gradient of all its results
   */
  ConvLayer(Spec spec, Layer.Conv described, boolean biased, boolean first) {
    String name = described.name();
    int kernel = described.kernel();
    int stride = described.stride();
    int padding = described.padding();
    int outChannels = described.channels();
    ImageShape in = spec.shape();
    int padded = spec.padded(outChannels);
    Conv2d single = spec.convolution(padded, kernel, stride, padding, 1);
    WinogradConv2d one =
        first || stride > 1 ? null : FilteredProducts.plan(in, padded, kernel, padding, 1);
    boolean filters = one != null;
    workers = spec.workers();
    wide =
        !first
            && in.channels() % Conv2d.UNIT == 0
            && single.weightSize() > Slices.COUNT * single.outSize();
    int wanted = filters ? one.images() : wide ? TileKernels.ROWS : wanted(in, single);
    int most = wide ? Math.ceilDiv(spec.rows(), workers.size()) : Slices.most(spec.rows());
    group = Math.clamp(wanted, 1, most);
    conv = spec.convolution(padded, kernel, stride, padding, group);
    parameters = spec.parameters();
    pass = spec.pass();
    channels = padded;
    Memory memory = spec.memory();
    Initial initial = Initial.uniform(spec.realChannels() * kernel * kernel);
    // channels that are only padding have no place in PyTorch's tensor
    int inChannels = spec.realChannels();
    weight =
        parameters.add(
            name + ".weight",
            new int[] {outChannels, inChannels, kernel, kernel},
            conv.weightSize(),
            initial,
            weightPlaces(memory, outChannels, inChannels));
    bias =
        biased
            ? parameters.add(
                name + ".bias",
                new int[] {outChannels},
                padded,
                initial,
                Places.first(memory, outChannels))
            : null;
    boolean filtersInput = filters && FilteredProducts.accurate(kernel, padded);
    WinogradConv2d filter =
        filters ? FilteredProducts.plan(in, padded, kernel, padding, group) : null;
    boolean filtersWeights = filters && (!wide || filter.wholeMaps());
    boolean direct = !filters || !filtersInput || !filtersWeights;
    ConvProducts defined =
        direct ? new DirectProducts(spec, conv, weight, bias, !first && !filtersInput) : null;
    ConvProducts filtered =
        filters
            ? new FilteredProducts(
                spec, filter, group, weight, bias, filtersInput, !wide, wide && filtersWeights)
            : null;
    results = filters ? filtered : defined;
    inputGradient = filtersInput ? filtered : defined;
    weightGradient = filtersWeights ? filtered : defined;
    scratch = spec.scratch(0);
    partial =
        wide
            ? null
            : memory.floats(Slices.COUNT, spec.ifGradients((long) conv.weightSize() + padded));
    spec.become(new ImageShape(conv.outHeight(), conv.outWidth(), padded), outChannels);
  }

  /** As many as stay in cache, but enough pixels where they are few. */
  private static int wanted(ImageShape in, Conv2d single) {
    int pixels = single.outHeight() * single.outWidth();
    int enough = (PIXELS + pixels - 1) / pixels;
    if (in.channels() % Conv2d.UNIT != 0) {
      return enough;
    }
    int most = Math.max(enough, GROUP_FLOATS / (single.inSize() + single.outSize()));
    return most > HALF && most < 2 * HALF - 2 ? HALF : most;
  }

  private int[] weightPlaces(Memory memory, int outChannels, int inChannels) {
    int taps = conv.taps();
    int[] place = memory.ints((long) outChannels * inChannels * taps);
    if (memory.dry()) {
      return place;
    }
    int i = 0;
    for (int o = 0; o < outChannels; o++) {
      for (int c = 0; c < inChannels; c++) {
        for (int t = 0; t < taps; t++) {
          place[i++] = conv.weightIndex(t, c, o);
        }
      }
    }
    return place;
  }

  /** Channels of the results, padding included. */
  int outChannels() {
    return channels;
  }

  /** Runs of samples that threads share: slices, of a wide layer its groups. */
  int runs(int samples) {
    return wide
        ? Math.ceilDiv(Math.ceilDiv(samples, group), workers.size()) * workers.size()
        : Slices.COUNT;
  }

  /** First sample of a run. */
  int from(int run, int samples) {
    return (int) ((long) run * samples / runs(samples));
  }

  /** Samples of the next group, where {@code left} are left: groups of about one size. */
  int nextGroup(int left) {
    int groups = (left + group - 1) / group;
    return (left + groups - 1) / groups;
  }

  /** Prepares the weights, as they are now, for {@link #forward}. */
  void prepare() {
    results.prepare();
  }

  /** {@code z = conv(in)} of a group of samples. */
  void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff) {
    results.forward(worker, images, in, inOff, z, zOff);
  }

  /** Whether the threads share each sample, since there is only one. */
  boolean shared(int samples) {
    return samples == 1 && workers.size() > 1 && results.parts() > 1;
  }

  /** {@code z = conv(in)} of one sample by a worker for each of its parts. */
  void forwardShared(float[] in, float[] z) {
    input = in;
    output = z;
    workers.run(results.parts(), forwardPart);
  }

  private void forwardPart(int part, int worker) {
    results.forwardPart(part, worker, input, output);
  }

  /** What a worker's calls of the plan may overwrite. */
  float[] scratch(int worker) {
    return scratch.get(worker).array();
  }

  /** Prepares the weights for {@link #backwardInput}. */
  void prepareBackward() {
    inputGradient.prepareBackward();
  }

  /** The gradient of a group's input. */
  void backwardInput(int worker, int images, float[] dz, int dzOff, float[] dx, int dxOff) {
    inputGradient.backwardInput(worker, images, dz, dzOff, dx, dxOff);
  }

  /** Begins a run's gradients of weight and bias: a slice's, of a wide layer none. */
  void startRun(int worker, int slice) {
    if (wide) {
      return;
    }
    weightGradient.startSlice(worker, partial[slice]);
    Arrays.fill(partial[slice], conv.weightSize(), partial[slice].length, 0f);
  }

  /** Adds a group's gradients of weight and bias to its run's. */
  void backward(int worker, int slice, int images, float[] in, int inOff, float[] dz, int dzOff) {
    if (wide) {
      return;
    }
    weightGradient.backwardWeights(worker, images, in, inOff, dz, dzOff, partial[slice]);
    if (bias != null) {
      LayerKernels layers = Backend.kernels().layers();
      int pixels = images * conv.outSize() / channels;
      layers.addRows(dz, dzOff, pixels, channels, partial[slice], conv.weightSize(), channels);
    }
  }

  /** Ends a run's gradients. */
  void endRun(int worker, int slice) {
    if (!wide) {
      weightGradient.endSlice(worker, partial[slice]);
    }
  }

  /**
   * Sets the gradients of weight and bias, or adds them: the sum of the slices' in their order, of
   * a wide layer what all rows of the input and of the results' gradient give.
   */
  void gradients(int rowCount, float[] in, float[] dz) {
    if (!wide) {
      sumSlices();
      return;
    }
    rows = rowCount;
    input = in;
    resultGradient = dz;
    weightParts = weightGradient.startGradient(rows, in, dz);
    workers.run(weightParts + biasParts(), gradientPart);
  }

  /** Sets the gradients to the sum of the slices' in their order, or adds them in that order. */
  void sumSlices() {
    workers.run(Slices.COUNT, addPartials);
  }

  private int biasParts() {
    return bias == null ? 0 : channels / Conv2d.UNIT;
  }

  /** Parts of the weights first, then sixteen biases each. */
  private void gradientPart(int part, int worker) {
    if (part < weightParts) {
      weightGradient.gradientPart(part, worker);
    } else {
      biasPart(part - weightParts);
    }
  }

  private void biasPart(int part) {
    float[] gradients = parameters.gradients();
    int column = part * Conv2d.UNIT;
    int at = bias.offset() + column;
    if (!pass.accumulate) {
      Arrays.fill(gradients, at, at + Conv2d.UNIT, 0f);
    }
    Backend.kernels()
        .layers()
        .addRows(
            resultGradient,
            column,
            rows * conv.outSize() / channels,
            channels,
            gradients,
            at,
            Conv2d.UNIT);
  }

  private void addPartials(int part, int worker) {
    int weights = conv.weightSize();
    int from = Slices.from(part, weights);
    int count = Slices.from(part + 1, weights) - from;
    add(from, count, weight.offset() + from);
    if (part == 0 && bias != null) {
      add(weights, channels, bias.offset());
    }
  }

  private void add(int from, int count, int to) {
    float[] gradients = parameters.gradients();
    LayerKernels layers = Backend.kernels().layers();
    if (!pass.accumulate) {
      Arrays.fill(gradients, to, to + count, 0f);
    }
    for (int s = 0; s < Slices.COUNT; s++) {
      layers.add(partial[s], from, gradients, to, count);
    }
  }
}
