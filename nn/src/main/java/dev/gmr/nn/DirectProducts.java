package dev.gmr.nn;

import dev.gmr.kernels.Conv2d;
import java.util.Arrays;
import java.util.List;

/** Products by the definition of the convolution. */
final class DirectProducts implements ConvProducts {
  private final Conv2d conv;
  private final Parameters parameters;
  private final Parameter weight;
  private final Parameter bias;
  private final Pass pass;
  private final Workers workers;
  private final List<SharedBuffer> scratch;

  /** Weights for the gradient of the input. */
  private final float[] turned;

  private final Workers.Task turn = this::turn;
  private int rows;
  private float[] input;
  private float[] resultGradient;

  /**
   * Plans the products.
   *
   * @param bias or null
   * @param inputGradient whether the gradient of the input is computed here
   */
  DirectProducts(Spec spec, Conv2d conv, Parameter weight, Parameter bias, boolean inputGradient) {
    this.conv = conv;
    this.weight = weight;
    this.bias = bias;
    parameters = spec.parameters();
    pass = spec.pass();
    workers = spec.workers();
    scratch = spec.scratch(conv.scratchSize());
    turned = spec.memory().floats(inputGradient ? spec.ifGradients(conv.weightSize()) : 0);
  }

  private float[] scratch(int worker) {
    return scratch.get(worker).array();
  }

  /** Nothing: weights are read as they are. */
  @Override
  public void prepare() {}

  @Override
  public void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff) {
    float[] w = parameters.array();
    float[] b = bias == null ? null : w;
    int bOff = bias == null ? 0 : bias.offset();
    conv.forward(images, in, inOff, w, weight.offset(), b, bOff, z, zOff, scratch(worker));
  }

  @Override
  public int parts() {
    return conv.panels();
  }

  @Override
  public void forwardPart(int part, int worker, float[] in, float[] z) {
    float[] w = parameters.array();
    float[] b = bias == null ? null : w;
    int bOff = bias == null ? 0 : bias.offset();
    conv.forwardPanel(part, 1, in, 0, w, weight.offset(), b, bOff, z, 0, scratch(worker));
  }

  @Override
  public void prepareBackward() {
    workers.run(conv.taps(), turn);
  }

  private void turn(int tap, int worker) {
    conv.transpose(tap, parameters.array(), weight.offset(), turned, 0);
  }

  @Override
  public void backwardInput(int worker, int images, float[] dz, int dzOff, float[] dx, int dxOff) {
    conv.backwardInput(images, dz, dzOff, turned, 0, dx, dxOff, scratch(worker));
  }

  @Override
  public void startSlice(int worker, float[] partial) {
    Arrays.fill(partial, 0, conv.weightSize(), 0f);
  }

  @Override
  public void backwardWeights(
      int worker, int images, float[] in, int inOff, float[] dz, int dzOff, float[] partial) {
    conv.backwardWeights(images, in, inOff, dz, dzOff, partial, 0, scratch(worker));
  }

  /** Nothing: groups were added in place. */
  @Override
  public void endSlice(int worker, float[] partial) {}

  @Override
  public int startGradient(int rowCount, float[] in, float[] dz) {
    rows = rowCount;
    input = in;
    resultGradient = dz;
    return conv.weightParts();
  }

  @Override
  public void gradientPart(int part, int worker) {
    conv.weightPart(
        part,
        rows,
        input,
        resultGradient,
        pass.accumulate,
        parameters.gradients(),
        weight.offset(),
        scratch(worker));
  }
}
