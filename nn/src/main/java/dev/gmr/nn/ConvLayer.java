package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.Conv2d;
import dev.gmr.kernels.WinogradConv2d;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution with its parameters, and what the convolution blocks share: the plan, scratch for
 * each worker, and the slices' partial gradients. Where Winograd's minimal filtering saves half of
 * the multiplications it is used; which convolutions these are depends on their shapes alone.
 */
final class ConvLayer {
  /** Output pixels that one kernel call should at least have, to fill its register tiles. */
  private static final int PIXELS = 192;

  /** Images that fill a tile's rows with two pixels: better than one pixel of some more. */
  private static final int HALF = TileKernels.ROWS / 2;

  /** Floats of a group's input and results, to stay in a cache of 1 MB beside the weights. */
  private static final int GROUP_FLOATS = 160 << 10;

  /**
   * Multiplications of the definition for each of minimal filtering's, whose transforms cost too.
   */
  private static final int WORTH = 2;

  /** Transformed weights above which products would read them from memory, not from a cache. */
  private static final int MOST_WEIGHTS = 1 << 20;

  /**
   * Channels that filtering by 5 x 5 may sum: what its accuracy is promised for. Of sums over 192,
   * AlexNet's gradients would be off by more than 1e-5.
   */
  private static final int MOST_CHANNELS = 64;

  /** Samples that are transformed for the weights' gradient together, which bounds their memory. */
  private static final int SPREAD_ROWS = 256;

  final Conv2d conv;
  final int group;
  final Parameter weight;

  /** Null where there is none. */
  final Parameter bias;

  private final List<SharedBuffer> scratch;

  /**
   * Whether the weights' gradient is computed by {@link #gradients}, all samples at once, since the
   * slices' partial ones would be larger than the results that they come from. Then no sum ends
   * with a slice, and samples go together in what numbers suit the kernels.
   */
  final boolean wide;

  /** Null where Conv2d computes the results, and the slices' gradients of weights. */
  private final WinogradConv2d winograd;

  /** The same, or null where Conv2d computes the gradient of the input. */
  private final WinogradConv2d inputFilter;

  /** The same, or null where Conv2d computes the gradient of a wide layer's weights. */
  private final WinogradConv2d batchFilter;

  /** What {@link #batchFilter} transforms. */
  private final SharedBuffer spread;

  private final int channels;

  /** Weights transformed for {@link #winograd}. */
  private final float[] transformed;

  /** The parameters' changes up to that; none yet. */
  private int transformedAt = -1;

  private final boolean training;

  /** Weights for the gradient of the input. */
  private final float[] turned;

  /** By worker, the transformed gradient of a slice. */
  private final float[][] transformedPartial;

  private final float[][] partial;
  private final Parameters parameters;
  private final Workers workers;
  private final Pass pass;
  private final Workers.Task addPartials = this::addPartials;
  private final Workers.Task gradientPart = this::gradientPart;
  private final Workers.Task spreadPart = this::spreadPart;
  private final Workers.Task productPart = this::productPart;
  private final Workers.Task biasPart = this::biasPart;
  private final Workers.Task forwardPart = this::forwardPart;
  private final Workers.Task transform = this::transform;
  private final Workers.Task turn = this::turn;
  private int rows;

  /** Samples that are transformed: the first, and how many. */
  private int spreadFrom;

  private int spreadRows;
  private float[] input;
  private float[] results;
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
    WinogradConv2d filter = first || stride > 1 ? null : filter(in, padded, kernel, padding, 1);
    boolean filtered = filter != null;
    workers = spec.workers();
    wide =
        !first
            && in.channels() % Conv2d.UNIT == 0
            && single.weightSize() > Slices.COUNT * single.outSize();
    int wanted = filtered ? filter.images() : wide ? TileKernels.ROWS : wanted(in, single);
    int most = wide ? Math.ceilDiv(spec.rows(), workers.size()) : Slices.most(spec.rows());
    group = Math.clamp(wanted, 1, most);
    winograd = filtered ? filter(in, padded, kernel, padding, group) : null;
    inputFilter = filtered && accurate(kernel, padded) ? winograd : null;
    batchFilter = wide && filtered && winograd.wholeMaps() ? winograd : null;
    spread = spec.packed();
    if (batchFilter != null) {
      spread.require(spec.ifGradients(batchFilter.spreadSize(Math.min(spec.rows(), SPREAD_ROWS))));
    }
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
    int filtering = filtered ? winograd.scratchSize() : 0;
    boolean alone = inputFilter != null && !wide;
    scratch = spec.scratch(alone ? filtering : Math.max(filtering, conv.scratchSize()));
    partial =
        wide
            ? null
            : memory.floats(Slices.COUNT, spec.ifGradients((long) conv.weightSize() + padded));
    transformed = memory.floats(filtered ? winograd.transformedSize() : 0);
    training = spec.gradients();
    int turnedSize = inputFilter == null ? conv.weightSize() : inputFilter.transformedSize();
    turned = memory.floats(first ? 0 : spec.ifGradients(turnedSize));
    transformedPartial =
        memory.floats(
            workers.size(), filtered && !wide ? spec.ifGradients(winograd.transformedSize()) : 0);
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

  /**
   * A plan where minimal filtering saves enough of the multiplications, of which padding takes
   * none; else null.
   */
  private static WinogradConv2d filter(
      ImageShape in, int outChannels, int kernel, int padding, int images) {
    int height = in.height();
    int width = in.width();
    if (!WinogradConv2d.fits(height, width, in.channels(), outChannels, kernel, padding)) {
      return null;
    }
    WinogradConv2d plan =
        new WinogradConv2d(height, width, in.channels(), outChannels, kernel, padding, images);
    long taps = (long) taps(height, kernel, padding) * taps(width, kernel, padding);
    boolean pays = plan.wholeMaps() ? taps > plan.products() : taps >= WORTH * plan.products();
    boolean cached = plan.transformedSize() <= MOST_WEIGHTS;
    return pays && cached && accurate(kernel, in.channels()) ? plan : null;
  }

  /** Whether filtering may sum so many channels. */
  private static boolean accurate(int kernel, int channels) {
    return kernel < 5 || channels <= MOST_CHANNELS;
  }

  /** Elements of all windows along one axis that lie on the image. */
  private static int taps(int size, int kernel, int padding) {
    int taps = 0;
    for (int from = -padding; from + kernel <= size + padding; from++) {
      taps += Math.min(size, from + kernel) - Math.max(0, from);
    }
    return taps;
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
    if (winograd != null && changed()) {
      workers.run(winograd.parts(), transform);
    }
  }

  /** Whether the weights may not be those of the last call; training changes them in any case. */
  private boolean changed() {
    int changes = parameters.changes();
    boolean changed = training || changes != transformedAt;
    transformedAt = changes;
    return changed;
  }

  private void transform(int part, int worker) {
    winograd.transform(part, parameters.array(), weight.offset(), transformed, scratch(worker));
  }

  /** {@code z = conv(in)} of a group of samples. */
  void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff) {
    float[] values = parameters.array();
    float[] biases = bias == null ? null : values;
    int biasOff = bias == null ? 0 : bias.offset();
    float[] own = scratch(worker);
    if (winograd != null) {
      winograd.forward(images, in, inOff, transformed, biases, biasOff, z, zOff, own);
    } else {
      conv.forward(images, in, inOff, values, weight.offset(), biases, biasOff, z, zOff, own);
    }
  }

  /** Whether the threads share each sample, since there is only one. */
  boolean shared(int samples) {
    return samples == 1 && workers.size() > 1 && parts() > 1;
  }

  /** Parts of one sample's results. */
  private int parts() {
    return winograd == null ? conv.panels() : winograd.blocks();
  }

  /** {@code z = conv(in)} of one sample by a worker for each of its parts. */
  void forwardShared(float[] in, float[] z) {
    input = in;
    results = z;
    workers.run(parts(), forwardPart);
  }

  private void forwardPart(int part, int worker) {
    float[] values = parameters.array();
    float[] biases = bias == null ? null : values;
    int biasOff = bias == null ? 0 : bias.offset();
    float[] own = scratch(worker);
    if (winograd != null) {
      winograd.forwardBlock(part, input, 0, transformed, biases, biasOff, results, 0, own);
    } else {
      conv.forwardPanel(
          part, 1, input, 0, values, weight.offset(), biases, biasOff, results, 0, own);
    }
  }

  /** What a worker's calls of the plan may overwrite. */
  float[] scratch(int worker) {
    return scratch.get(worker).array();
  }

  /** Prepares the weights for {@link #backwardInput}. */
  void prepareBackward() {
    workers.run(inputFilter == null ? conv.taps() : inputFilter.parts(), turn);
  }

  private void turn(int part, int worker) {
    float[] values = parameters.array();
    if (inputFilter != null) {
      inputFilter.transformTurned(part, values, weight.offset(), turned, scratch(worker));
    } else {
      conv.transpose(part, values, weight.offset(), turned, 0);
    }
  }

  /** The gradient of a group's input. */
  void backwardInput(int worker, int images, float[] dz, int dzOff, float[] dx, int dxOff) {
    if (inputFilter != null) {
      inputFilter.backwardInput(images, dz, dzOff, turned, dx, dxOff, scratch(worker));
    } else {
      conv.backwardInput(images, dz, dzOff, turned, 0, dx, dxOff, scratch(worker));
    }
  }

  /** Begins a slice's gradients of weight and bias. */
  void startSlice(int worker, int slice) {
    Arrays.fill(partial[slice], 0f);
    Arrays.fill(transformedPartial[worker], 0f);
  }

  /** Adds a group's gradients of weight and bias to its slice's. */
  void backward(int worker, int slice, int images, float[] in, int inOff, float[] dz, int dzOff) {
    float[] own = scratch(worker);
    if (winograd != null) {
      winograd.backwardWeights(images, in, inOff, dz, dzOff, transformedPartial[worker], own);
    } else {
      conv.backwardWeights(images, in, inOff, dz, dzOff, partial[slice], 0, own);
    }
    if (bias != null) {
      LayerKernels layers = Backend.kernels().layers();
      int pixels = images * conv.outSize() / channels;
      layers.addRows(dz, dzOff, pixels, channels, partial[slice], conv.weightSize(), channels);
    }
  }

  /** Ends a slice's gradients. */
  void endSlice(int worker, int slice) {
    if (winograd != null) {
      for (int part = 0; part < winograd.parts(); part++) {
        winograd.transformBack(
            part, transformedPartial[worker], partial[slice], 0, scratch(worker));
      }
    }
  }

  /** Sets the gradients to the sum of the slices' in their order, or adds them in that order. */
  void sumPartials() {
    workers.run(Slices.COUNT, addPartials);
  }

  /** Computes the gradients from all rows of the input and of the results' gradient. */
  void gradients(int rowCount, float[] in, float[] dz) {
    rows = rowCount;
    input = in;
    resultGradient = dz;
    if (batchFilter == null) {
      workers.run(conv.weightParts() + biasParts(), gradientPart);
      return;
    }
    spreadFrom = 0;
    do {
      spreadRows = Math.min(SPREAD_ROWS, rows - spreadFrom);
      workers.run(Math.ceilDiv(spreadRows, group), spreadPart);
      workers.run(batchFilter.gradientParts(), productPart);
      spreadFrom += spreadRows;
    } while (spreadFrom < rows);
    workers.run(biasParts(), biasPart);
  }

  private int biasParts() {
    return bias == null ? 0 : channels / Conv2d.UNIT;
  }

  /** Parts of the weights first, then sixteen biases each. */
  private void gradientPart(int part, int worker) {
    int parts = conv.weightParts();
    if (part < parts) {
      conv.weightPart(
          part,
          rows,
          input,
          resultGradient,
          pass.accumulate,
          parameters.gradients(),
          weight.offset(),
          scratch(worker));
    } else {
      biasPart(part - parts, worker);
    }
  }

  private void biasPart(int part, int worker) {
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

  /** Transforms a group of samples. */
  private void spreadPart(int part, int worker) {
    int n = part * group;
    batchFilter.spread(
        n,
        Math.min(group, spreadRows - n),
        spreadRows,
        input,
        spreadFrom * conv.inSize(),
        resultGradient,
        spreadFrom * conv.outSize(),
        spread.array(),
        scratch(worker));
  }

  private void productPart(int part, int worker) {
    boolean add = pass.accumulate || spreadFrom > 0;
    float[] gradients = parameters.gradients();
    batchFilter.gradientPart(
        part, spreadRows, spread.array(), add, gradients, weight.offset(), scratch(worker));
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
