package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.Conv2d;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution with its parameters, and what both convolution blocks share: the plan, scratch for
 * each worker, and the slices' partial gradients.
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

  private final List<SharedBuffer> scratch;

  /**
   * Whether the weights' gradient is computed by {@link #gradients}, all samples at once, since the
   * slices' partial ones would be larger than the results that they come from.
   */
  final boolean wide;

  private final int channels;
  private final float[][] partial;
  private final Parameters parameters;
  private final Workers workers;
  private final Workers.Task addPartials = this::addPartials;
  private final Workers.Task gradientPart = this::gradientPart;
  private final Workers.Task forwardPanel = this::forwardPanel;
  private int rows;
  private float[] input;
  private float[] results;
  private float[] resultGradient;

  /**
   * Plans the layer.
   *
   * @param biased whether it has a bias
   * @param mayBeWide whether the block can keep the gradient of all its results
   */
  ConvLayer(Spec spec, Layer.Conv described, boolean biased, boolean mayBeWide) {
    String name = described.name();
    int kernel = described.kernel();
    int stride = described.stride();
    int padding = described.padding();
    int outChannels = described.channels();
    ImageShape in = spec.shape();
    int padded = spec.padded(outChannels);
    Conv2d single = spec.convolution(padded, kernel, stride, padding, 1);
    group = Math.clamp(wanted(in, single), 1, Slices.most(spec.rows()));
    conv = spec.convolution(padded, kernel, stride, padding, group);
    parameters = spec.parameters();
    workers = spec.workers();
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
    scratch = spec.scratch(conv.scratchSize());
    wide =
        mayBeWide
            && in.channels() % Conv2d.UNIT == 0
            && conv.weightSize() > Slices.COUNT * conv.outSize();
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

  /** Samples of the next group, where {@code left} are left: groups of about one size. */
  int nextGroup(int left) {
    int groups = (left + group - 1) / group;
    return (left + groups - 1) / groups;
  }

  /** {@code z = conv(in)} of a group of samples. */
  void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff) {
    float[] values = parameters.values();
    conv.forward(
        images,
        in,
        inOff,
        values,
        weight.offset(),
        bias == null ? null : values,
        bias == null ? 0 : bias.offset(),
        z,
        zOff,
        scratch(worker));
  }

  /** Whether the threads share each sample, since there is only one. */
  boolean shared(int samples) {
    return samples == 1 && workers.size() > 1 && conv.panels() > 1;
  }

  /** {@code z = conv(in)} of one sample by a worker for each panel of channels. */
  void forwardShared(float[] in, float[] z) {
    input = in;
    results = z;
    workers.run(conv.panels(), forwardPanel);
  }

  private void forwardPanel(int panel, int worker) {
    float[] values = parameters.values();
    conv.forwardPanel(
        panel,
        1,
        input,
        0,
        values,
        weight.offset(),
        bias == null ? null : values,
        bias == null ? 0 : bias.offset(),
        results,
        0,
        scratch(worker));
  }

  /** What a worker's calls of the plan may overwrite. */
  float[] scratch(int worker) {
    return scratch.get(worker).array();
  }

  void clearPartial(int slice) {
    Arrays.fill(partial[slice], 0f);
  }

  /** Adds a group's gradients of weight and bias to its slice's. */
  void backward(int worker, int slice, int images, float[] in, int inOff, float[] dz, int dzOff) {
    conv.backwardWeights(images, in, inOff, dz, dzOff, partial[slice], 0, scratch(worker));
    if (bias != null) {
      LayerKernels layers = Backend.kernels().layers();
      int pixels = images * conv.outSize() / channels;
      layers.addRows(dz, dzOff, pixels, channels, partial[slice], conv.weightSize(), channels);
    }
  }

  /** Sets the gradients to the sum of the slices' in their order. */
  void sumPartials() {
    workers.run(Slices.COUNT, addPartials);
  }

  /** Sets the gradients from all rows of the input and of the results' gradient. */
  void gradients(int rowCount, float[] in, float[] dz) {
    rows = rowCount;
    input = in;
    resultGradient = dz;
    int biasParts = bias == null ? 0 : channels / Conv2d.UNIT;
    workers.run(conv.weightParts() + biasParts, gradientPart);
  }

  /** Parts of the weights first, then sixteen biases each. */
  private void gradientPart(int part, int worker) {
    float[] gradients = parameters.gradients();
    int parts = conv.weightParts();
    if (part < parts) {
      conv.weightPart(
          part, rows, input, resultGradient, gradients, weight.offset(), scratch(worker));
    } else {
      int column = (part - parts) * Conv2d.UNIT;
      int at = bias.offset() + column;
      Arrays.fill(gradients, at, at + Conv2d.UNIT, 0f);
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
    Arrays.fill(gradients, to, to + count, 0f);
    for (int s = 0; s < Slices.COUNT; s++) {
      layers.add(partial[s], from, gradients, to, count);
    }
  }
}
