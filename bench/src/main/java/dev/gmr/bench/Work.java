package dev.gmr.bench;

/**
 * What one call of a case does.
 *
 * @param flops nominal floating-point operations; NaN where elements count
 * @param elements elements computed; NaN where operations count
 * @param bytes bytes read and written, each array once; NaN where operations count
 * @param memoryBound whether the arrays come from memory, whose bandwidth is then the limit
 * @param threads threads that share the work
 * @param pairs elements that are pairs of variables; NaN where they are not
 */
record Work(
    double flops, double elements, double bytes, boolean memoryBound, int threads, double pairs) {
  static Work flops(double flops, int threads) {
    return new Work(flops, Double.NaN, Double.NaN, false, threads, Double.NaN);
  }

  static Work elements(double elements, int bytesPerElement, int threads) {
    return new Work(Double.NaN, elements, elements * bytesPerElement, false, threads, Double.NaN);
  }

  Work boundByMemory() {
    return new Work(flops, elements, bytes, true, threads, pairs);
  }

  Work ofPairs() {
    return new Work(flops, elements, bytes, memoryBound, threads, elements);
  }
}
