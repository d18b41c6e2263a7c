package dev.gmr.kernels.spi;

/** To come. */
public interface TileKernels {}
