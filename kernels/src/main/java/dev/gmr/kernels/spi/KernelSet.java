package dev.gmr.kernels.spi;

/** All kernels of one backend. */
public interface KernelSet {
  /** {@return the backend's name: {@code "scalar"} or {@code "simd"}} */
  String name();

  /** {@return the number of float lanes of a vector; 1 for scalar code} */
  int lanes();

  /** {@return the matrix and convolution tiles} */
  TileKernels tiles();

  /** {@return pooling, ReLU, bias and padding} */
  LayerKernels layers();

  /** {@return elementary functions and the normal distribution} */
  FunctionKernels functions();

  /** {@return the moments of Gaussians behind activations} */
  MomentKernels moments();

  /** {@return pairs of Gaussians} */
  PairKernels pairs();

  /** {@return counter-based random numbers} */
  RandomKernels random();

  /** {@return softmax cross entropy} */
  LossKernels losses();

  /** {@return optimizer updates} */
  UpdateKernels updates();
}
