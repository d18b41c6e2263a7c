package dev.gmr.kernels;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.FunctionKernels;
import dev.gmr.kernels.spi.KernelSet;
import java.util.EnumMap;
import java.util.Map;

/** Functions by SIMD code, each kernel behind a {@link Gate}. */
final class GatedFunctions implements FunctionKernels {
  private final FunctionKernels simd;
  private final Map<Function, Gate> floats;
  private final Map<Function, Gate> doubles;

  GatedFunctions(KernelSet simd, KernelSet scalar) {
    this.simd = simd.functions();
    floats = gates(simd, scalar);
    doubles = gates(simd, scalar);
  }

  private static Map<Function, Gate> gates(KernelSet simd, KernelSet scalar) {
    Map<Function, Gate> gates = new EnumMap<>(Function.class);
    for (Function f : Function.values()) {
      gates.put(f, new Gate(simd, scalar));
    }
    return gates;
  }

  @Override
  public void apply(Function f, float[] x, int xOff, float[] y, int yOff, int n) {
    Gate gate = floats.get(f);
    if (gate.isOpen()) {
      simd.apply(f, x, xOff, y, yOff, n);
    } else {
      gate.run(
          n, (k, from, count) -> k.functions().apply(f, x, xOff + from, y, yOff + from, count));
    }
  }

  @Override
  public void apply(Function f, double[] x, int xOff, double[] y, int yOff, int n) {
    Gate gate = doubles.get(f);
    if (gate.isOpen()) {
      simd.apply(f, x, xOff, y, yOff, n);
    } else {
      gate.run(
          n, (k, from, count) -> k.functions().apply(f, x, xOff + from, y, yOff + from, count));
    }
  }
}
