package dev.gmr.nn;

import dev.gmr.kernels.spi.LayerKernels.Pool;

/** Pooling behind a convolution. */
final class Pools {
  private Pools() {}

  /** Plans a pooling of the spec's shape and moves the spec on; null for none. */
  static Pool after(Spec spec, Layer.MaxPool layer) {
    return layer == null ? null : after(spec, layer.window(), layer.stride());
  }

  static Pool after(Spec spec, int window, int stride) {
    ImageShape s = spec.shape();
    Pool pool = new Pool(s.height(), s.width(), s.channels(), window, stride);
    spec.become(
        new ImageShape(pool.outHeight(), pool.outWidth(), s.channels()), spec.realChannels());
    return pool;
  }
}
