package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import java.util.function.LongSupplier;

/**
 * Keeps a kernel on scalar code until its SIMD code is compiled. Until C2 has compiled a long
 * kernel, in a second or several, its vectors are objects and it runs a thousand times slower than
 * scalars do. Both give the same bits, so nobody sees the change.
 *
 * <p>While closed, the gate gives SIMD code no more time than scalar code: that makes it hot, and
 * costs at most as much again. It opens for good once SIMD code was the faster one.
 */
final class Gate {
  /** Elements for SIMD code in one call while the gate is closed. */
  private static final int PROBE = 512;

  /** Elements whose time says something. */
  private static final int LEAST_MEASURED = 64;

  private final KernelSet simd;
  private final KernelSet scalar;
  private final LongSupplier clock;

  // Threads may lose each other's updates: these are estimates, and the gate opens a little later.
  private boolean open;
  private long simdNanos;
  private long scalarNanos;
  private double scalarNanosOfElement;

  /** Some of a call's elements. */
  @FunctionalInterface
  interface Part {
    void run(KernelSet kernels, int from, int count);
  }

  Gate(KernelSet simd, KernelSet scalar) {
    this(simd, scalar, System::nanoTime);
  }

  Gate(KernelSet simd, KernelSet scalar, LongSupplier clock) {
    this.simd = simd;
    this.scalar = scalar;
    this.clock = clock;
  }

  boolean isOpen() {
    return open;
  }

  /** Runs a call by whichever code is due, and takes the times. */
  void run(int n, Part part) {
    int probe = simdNanos <= scalarNanos ? Math.min(PROBE, n) : 0;
    long begin = clock.getAsLong();
    if (probe > 0) {
      part.run(simd, 0, probe);
    }
    long middle = clock.getAsLong();
    if (probe < n) {
      part.run(scalar, probe, n - probe);
    }
    long end = clock.getAsLong();
    simdNanos += middle - begin;
    scalarNanos += end - middle;
    if (n - probe >= LEAST_MEASURED) {
      scalarNanosOfElement = (double) (end - middle) / (n - probe);
    }
    if (probe >= LEAST_MEASURED && middle - begin < probe * scalarNanosOfElement) {
      open = true;
    }
  }
}
