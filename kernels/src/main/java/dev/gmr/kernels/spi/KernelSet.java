package dev.gmr.kernels.spi;

/** All kernels of one backend. */
public interface KernelSet {
  /** Returns the backend's name: {@code "scalar"} or {@code "simd"}. */
  String name();

  /** Returns the number of float lanes of a vector; 1 for scalar code. */
  int lanes();

  /** Returns the matrix and convolution tiles. */
  TileKernels tiles();

  /** Returns pooling, ReLU, bias and padding. */
  LayerKernels layers();

  /** Returns exp, log and the normal distribution. */
  FunctionKernels functions();

  /** Returns the moments of a rectified Gaussian. */
  MomentKernels moments();

  /** Returns counter-based random numbers. */
  RandomKernels random();

  /** Returns softmax cross entropy. */
  LossKernels losses();

  /** Returns optimizer updates. */
  UpdateKernels updates();
}
