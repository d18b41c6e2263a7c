package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.FunctionKernels;
import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LossKernels;
import dev.gmr.kernels.spi.MomentKernels;
import dev.gmr.kernels.spi.PairKernels;
import dev.gmr.kernels.spi.RandomKernels;
import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.UpdateKernels;

/** Plain Java kernels. */
public final class ScalarKernels implements KernelSet {
  /** The only instance. */
  public static final ScalarKernels INSTANCE = new ScalarKernels();

  private final TileKernels tiles = new ScalarTiles();
  private final LayerKernels layers = new ScalarLayers();
  private final FunctionKernels functions = new ScalarFunctions();
  private final MomentKernels moments = new ScalarMoments();
  private final PairKernels pairs = new ScalarPairs();
  private final RandomKernels random = new ScalarRandom();
  private final LossKernels losses = new ScalarLosses();
  private final UpdateKernels updates = new ScalarUpdates();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
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
