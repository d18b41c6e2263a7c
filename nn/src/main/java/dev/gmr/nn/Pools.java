package dev.gmr.nn;

import dev.gmr.kernels.spi.LayerKernels.Pool;

/** Pooling behind a convolution. */
final class Pools {
  private Pools() {}

  /** Plans a pooling of the spec's shape and moves the spec on; null for window 0. */
  static Pool after(Spec spec, int window) {
    if (window == 0) {
      return null;
    }
    ImageShape s = spec.shape();
    Pool pool = new Pool(s.height(), s.width(), s.channels(), window, window);
    spec.become(
        new ImageShape(pool.outHeight(), pool.outWidth(), s.channels()), spec.realChannels());
    return pool;
  }
}
