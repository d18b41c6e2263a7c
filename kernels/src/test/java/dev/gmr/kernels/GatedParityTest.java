package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import org.junit.jupiter.api.Nested;

/** Kernels behind gates give the scalar bits whichever code computes which part of a call. */
class GatedParityTest {
  private static KernelSet gated() {
    return new GatedKernels(Parity.simd(), Parity.scalar());
  }

  @Nested
  class Functions extends FunctionParityTest {
    @Override
    KernelSet simd() {
      return gated();
    }
  }

  @Nested
  class Moments extends MomentParityTest {
    @Override
    KernelSet simd() {
      return gated();
    }
  }
}
