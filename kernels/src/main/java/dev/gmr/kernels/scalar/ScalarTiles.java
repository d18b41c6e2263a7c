package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.TileKernels;

final class ScalarTiles implements TileKernels {}
