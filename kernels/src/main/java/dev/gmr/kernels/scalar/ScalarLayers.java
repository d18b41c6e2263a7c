package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.LayerKernels;

final class ScalarLayers implements LayerKernels {}
