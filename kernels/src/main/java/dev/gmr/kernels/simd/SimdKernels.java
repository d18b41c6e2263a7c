package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.FunctionKernels;
import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LossKernels;
import dev.gmr.kernels.spi.MomentKernels;
import dev.gmr.kernels.spi.PairKernels;
import dev.gmr.kernels.spi.RandomKernels;
import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.UpdateKernels;

/** Vector API kernels at the width of {@code Species}. */
public final class SimdKernels implements KernelSet {
  /** Called by {@code Backend} through reflection, once the module is known to be there. */
  public SimdKernels() {}

  private final TileKernels tiles = new SimdTiles();
  private final LayerKernels layers = new SimdLayers();
  private final FunctionKernels functions = new SimdFunctions();
  private final MomentKernels moments = new SimdMoments();
  private final PairKernels pairs = new SimdPairs();
  private final RandomKernels random = new SimdRandom();
  private final LossKernels losses = new SimdLosses();
  private final UpdateKernels updates = new SimdUpdates();

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int lanes() {
    return Species.L;
  }

  @Override
  public TileKernels tiles() {
    return tiles;
  }

  @Override
  public LayerKernels layers() {
    return layers;
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
    return random;
  }

  @Override
  public LossKernels losses() {
    return losses;
  }

  @Override
  public UpdateKernels updates() {
    return updates;
  }
}
