package dev.gmr.kernels;

import dev.gmr.kernels.spi.FunctionKernels;
import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LossKernels;
import dev.gmr.kernels.spi.MomentKernels;
import dev.gmr.kernels.spi.PairKernels;
import dev.gmr.kernels.spi.RandomKernels;
import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.UpdateKernels;

/** SIMD kernels of which the long ones run as scalar code until they are compiled. */
final class GatedKernels implements KernelSet {
  private final KernelSet simd;
  private final FunctionKernels functions;
  private final MomentKernels moments;
  private final PairKernels pairs;

  GatedKernels(KernelSet simd, KernelSet scalar) {
    this.simd = simd;
    functions = new GatedFunctions(simd, scalar);
    moments = new GatedMoments(simd, scalar);
    pairs = new GatedPairs(simd, scalar);
  }

  @Override
  public String name() {
    return simd.name();
  }

  @Override
  public int lanes() {
    return simd.lanes();
  }

  @Override
  public TileKernels tiles() {
    return simd.tiles();
  }

  @Override
  public LayerKernels layers() {
    return simd.layers();
  }

  @Override
  public FunctionKernels functions() {
    return functions;
  }

  @Override
  public MomentKernels moments() {
    return moments;
  }

  @Override
  public PairKernels pairs() {
    return pairs;
  }

  @Override
  public RandomKernels random() {
    return simd.random();
  }

  @Override
  public LossKernels losses() {
    return simd.losses();
  }

  @Override
  public UpdateKernels updates() {
    return simd.updates();
  }
}
