package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import java.util.function.LongSupplier;

/**
 * Keeps a kernel on scalar code until its SIMD code is compiled. Until C2 has compiled a long
 * kernel, in a second or several, its vectors are objects and it runs a thousand times slower than
 * scalars do. Both give the same bits, so nobody sees the change.
 *
 * <p>While closed, the gate gives SIMD code no more time than scalar code and half a second: that
 * makes it hot, and costs at most as much again. It opens for good once SIMD code was the faster
 * one, in the middle of a call if that is long.
 */
final class Gate {
  /**
   * Elements for SIMD code at a time while the gate is closed. C2 compiles what was called some
   * hundred times and turned its loop 15,000 times: more elements would turn it for longer.
   */
  private static final int PROBE = 128;

  /** Elements for scalar code behind them, at most. */
  private static final int PIECE = 1 << 14;

  /** Elements whose time says something. */
  private static final int LEAST_MEASURED = 64;

  /**
   * Nanoseconds that SIMD code may take more than scalar code. Where calls are small, scalar code
   * alone earns it too little to become hot: up to 12,000 training steps of a small network were
   * measured, where this leaves 400.
   */
  static final long HEAD_START = 500_000_000;

  private final KernelSet simd;
  private final KernelSet scalar;
  private final LongSupplier clock;

  // Threads may lose each other's updates: these are estimates, and the gate opens a little later.
  private boolean open;
  private long simdNanos;
  private long scalarNanos;

  /** As the last piece had them, or 0: then the next one has them first. */
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
    int from = 0;
    while (from < n && !open) {
      from += runPiece(from, n - from, part);
    }
    if (from < n) {
      part.run(simd, from, n - from);
    }
  }

  /** Runs the next elements, of the given number left, and returns how many. */
  private int runPiece(int from, int left, Part part) {
    boolean due = scalarNanosOfElement > 0 && simdNanos <= scalarNanos + HEAD_START;
    int probe = due ? Math.min(PROBE, left) : 0;
    int behind = Math.min(PIECE, left - probe);
    long begin = clock.getAsLong();
    if (probe > 0) {
      part.run(simd, from, probe);
    }
    long middle = clock.getAsLong();
    if (behind > 0) {
      part.run(scalar, from + probe, behind);
    }
    long end = clock.getAsLong();
    simdNanos += middle - begin;
    scalarNanos += end - middle;
    double least = scalarNanosOfElement;
    if (behind >= LEAST_MEASURED) {
      scalarNanosOfElement = (double) (end - middle) / behind;
      least = Math.min(least, scalarNanosOfElement);
    } else {
      scalarNanosOfElement = 0;
    }
    if (probe >= LEAST_MEASURED && middle - begin < probe * least) {
      open = true;
    }
    return probe + behind;
  }
}
