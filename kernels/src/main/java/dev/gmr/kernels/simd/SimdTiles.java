package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.TileKernels;

final class SimdTiles implements TileKernels {}
