package dev.gmr.nn;

import dev.gmr.kernels.WinogradConv2d;
import java.util.Arrays;
import java.util.List;

/**
 * Products by Winograd's minimal filtering, where it saves enough of the multiplications. Which
 * convolutions these are depends on their shapes alone.
 */
final class FilteredProducts implements ConvProducts {
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

  private final WinogradConv2d conv;
  private final int group;
  private final Parameters parameters;
  private final Parameter weight;
  private final Parameter bias;
  private final Pass pass;
  private final Workers workers;
  private final List<SharedBuffer> scratch;
  private final boolean training;

  /** Transformed weights, and those for the gradient of the input. */
  private final float[] transformed;

  private final float[] turned;

  /** The parameters' changes up to the transformed weights; none yet. */
  private int transformedAt = -1;

  /** By worker, the transformed gradient of a slice. */
  private final float[][] partials;

  /** Samples and their results' gradients, transformed for the weights' gradient. */
  private final SharedBuffer spread;

  private final Workers.Task transform = this::transform;
  private final Workers.Task turn = this::turn;
  private final Workers.Task spreadGroup = this::spreadGroup;
  private final Workers.Task gradientPart = this::gradientPart;
  private float[] input;
  private float[] resultGradient;

  /** Samples that are spread: the first, and how many. */
  private int spreadFrom;

  private int spreadRows;

  /**
   * Plans the products.
   *
   * @param group images of a call at most
   * @param bias or null
   * @param inputGradient whether the gradient of the input is computed here
   * @param slices whether the gradient of the weights is, of slices
   * @param batch the same, of all rows at once
   */
  FilteredProducts(
      Spec spec,
      WinogradConv2d conv,
      int group,
      Parameter weight,
      Parameter bias,
      boolean inputGradient,
      boolean slices,
      boolean batch) {
    this.conv = conv;
    this.group = group;
    this.weight = weight;
    this.bias = bias;
    parameters = spec.parameters();
    pass = spec.pass();
    workers = spec.workers();
    training = spec.gradients();
    scratch = spec.scratch(conv.scratchSize());
    Memory memory = spec.memory();
    long weights = conv.transformedSize();
    transformed = memory.floats(weights);
    turned = memory.floats(inputGradient ? spec.ifGradients(weights) : 0);
    partials = memory.floats(workers.size(), slices ? spec.ifGradients(weights) : 0);
    spread = spec.packed();
    if (batch) {
      spread.require(spec.ifGradients(conv.spreadSize(Math.min(spec.rows(), SPREAD_ROWS))));
    }
  }

  /**
   * A plan where minimal filtering saves enough of the multiplications, of which padding takes
   * none; else null.
   */
  static WinogradConv2d plan(ImageShape in, int outChannels, int kernel, int padding, int images) {
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
  static boolean accurate(int kernel, int channels) {
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

  private float[] scratch(int worker) {
    return scratch.get(worker).array();
  }

  @Override
  public void prepare() {
    if (changed()) {
      workers.run(conv.parts(), transform);
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
    conv.transform(part, parameters.array(), weight.offset(), transformed, scratch(worker));
  }

  @Override
  public void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff) {
    float[] b = bias == null ? null : parameters.array();
    int bOff = bias == null ? 0 : bias.offset();
    conv.forward(images, in, inOff, transformed, b, bOff, z, zOff, scratch(worker));
  }

  @Override
  public int parts() {
    return conv.blocks();
  }

  @Override
  public void forwardPart(int part, int worker, float[] in, float[] z) {
    float[] b = bias == null ? null : parameters.array();
    int bOff = bias == null ? 0 : bias.offset();
    conv.forwardBlock(part, in, 0, transformed, b, bOff, z, 0, scratch(worker));
  }

  @Override
  public void prepareBackward() {
    workers.run(conv.parts(), turn);
  }

  private void turn(int part, int worker) {
    conv.transformTurned(part, parameters.array(), weight.offset(), turned, scratch(worker));
  }

  @Override
  public void backwardInput(int worker, int images, float[] dz, int dzOff, float[] dx, int dxOff) {
    conv.backwardInput(images, dz, dzOff, turned, dx, dxOff, scratch(worker));
  }

  @Override
  public void startSlice(int worker, float[] partial) {
    Arrays.fill(partials[worker], 0f);
  }

  @Override
  public void backwardWeights(
      int worker, int images, float[] in, int inOff, float[] dz, int dzOff, float[] partial) {
    conv.backwardWeights(images, in, inOff, dz, dzOff, partials[worker], scratch(worker));
  }

  @Override
  public void endSlice(int worker, float[] partial) {
    for (int part = 0; part < conv.parts(); part++) {
      conv.transformBack(part, partials[worker], partial, 0, scratch(worker));
    }
  }

  @Override
  public int startGradient(int rows, float[] in, float[] dz) {
    input = in;
    resultGradient = dz;
    spreadFrom = 0;
    spread(rows);
    while (spreadFrom + spreadRows < rows) {
      workers.run(conv.gradientParts(), gradientPart);
      spreadFrom += spreadRows;
      spread(rows);
    }
    return conv.gradientParts();
  }

  /** Transforms the next samples of so many rows. */
  private void spread(int rows) {
    spreadRows = Math.min(SPREAD_ROWS, rows - spreadFrom);
    workers.run(Math.ceilDiv(spreadRows, group), spreadGroup);
  }

  private void spreadGroup(int part, int worker) {
    int n = part * group;
    conv.spread(
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

  @Override
  public void gradientPart(int part, int worker) {
    boolean add = pass.accumulate || spreadFrom > 0;
    float[] gradients = parameters.gradients();
    conv.gradientPart(
        part, spreadRows, spread.array(), add, gradients, weight.offset(), scratch(worker));
  }
}
