/**
 * Gaussian moments, the functions they are made of, and the matrix kernels of convolutional
 * networks: plain Java and SIMD, the same bits from both.
 *
 * <p>Nothing else is needed. SIMD runs where the JVM resolves {@code jdk.incubator.vector}, an
 * incubator module that is never resolved by itself: start it with {@code --add-modules
 * jdk.incubator.vector}. {@link dev.gmr.kernels.Backend} tells what happens without it.
 */
module dev.gmr.kernels {
  // Only compiled against; at run time Backend looks for it and can do without.
  requires static jdk.incubator.vector;

  exports dev.gmr.kernels;
  // Not qualified: Backend.kernels() returns one of its types, and the modules that build on it
  // (nn, train, bench) run on the class path, where they have no name to export to.
  exports dev.gmr.kernels.spi;
}
