package dev.gmr.bench.peers;

import dev.gmr.bench.WarmUp;
import dev.gmr.kernels.Linear;
import dev.gmr.train.io.UserError;

/**
 * A layer's products by gmr's kernels. W lies in panels, as in a network; packing dY and taking the
 * gradient of X back out of its transpose are part of the products.
 */
final class GmrProducts {
  private final Layer layer;
  private final Linear linear;
  private final float[] x;
  private final float[] w;
  private final float[] dy;
  private final float[] y;
  private final float[] dw;
  private final float[] dx;
  private final float[] bias;
  private final float[] packed;
  private final float[] interleaved;
  private final float[] scratch;

  GmrProducts(Layer layer) {
    this.layer = layer;
    linear = new Linear(layer.inputs(), layer.outputs(), layer.rows(), 1);
    x = layer.x();
    w = panels(layer.w());
    dy = layer.dy();
    y = new float[dy.length];
    dw = new float[w.length];
    dx = new float[x.length];
    bias = new float[layer.outputs()];
    packed = new float[linear.packedSize()];
    interleaved =
        new float[Math.max(linear.interleavedInputSize(), linear.interleavedGradientSize())];
    scratch = new float[linear.scratchSize()];
  }

  private float[] panels(float[] w) {
    float[] panels = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      panels[index(i)] = w[i];
    }
    return panels;
  }

  /** Returns where an element of W lies, given its index as PyTorch has it. */
  private int index(int i) {
    return linear.weightIndex(i % layer.inputs(), i / layer.inputs());
  }

  /** Waits for the compiler. */
  void warmUp() {
    WarmUp.Range all =
        (from, count) -> {
          forward();
          backwardWeights();
          backwardInput();
        };
    if (!WarmUp.compile(all, 1)) {
      throw UserError.run("gmr's kernels are not compiled yet; try again on a quieter machine");
    }
  }

  void run(Product product) {
    switch (product) {
      case FORWARD -> forward();
      case WEIGHTS -> backwardWeights();
      case INPUT -> backwardInput();
    }
  }

  private void forward() {
    for (int g = 0; g < linear.groups(layer.rows()); g++) {
      linear.interleaveInput(g, layer.rows(), x, interleaved);
    }
    for (int p = 0; p < linear.parts(layer.rows()); p++) {
      linear.forward(p, layer.rows(), x, interleaved, w, 0, bias, 0, false, y);
    }
  }

  private void backwardWeights() {
    for (int p = 0; p < linear.panels(); p++) {
      linear.pack(p, layer.rows(), dy, packed);
    }
    for (int b = 0; b < linear.weightBlocks(); b++) {
      linear.backwardWeights(b, layer.rows(), x, packed, false, dw, 0, scratch);
    }
  }

  private void backwardInput() {
    for (int g = 0; g < linear.groups(layer.rows()); g++) {
      linear.interleaveGradient(g, layer.rows(), dy, interleaved);
    }
    for (int b = 0; b < linear.inputBlocks(layer.rows()); b++) {
      linear.backwardInput(b, layer.rows(), interleaved, w, 0, dx, scratch);
    }
  }

  /** Computes a product and returns it as PyTorch has it. */
  float[] result(Product product) {
    run(product);
    return switch (product) {
      case FORWARD -> y;
      case WEIGHTS -> {
        float[] weights = new float[dw.length];
        for (int i = 0; i < dw.length; i++) {
          weights[i] = dw[index(i)];
        }
        yield weights;
      }
      case INPUT -> dx;
    };
  }
}
