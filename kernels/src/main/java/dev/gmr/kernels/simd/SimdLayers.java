package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.LayerKernels;

final class SimdLayers implements LayerKernels {}
