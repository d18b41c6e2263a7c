package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels.Strides;

/** Distances of a packed operand and of either panel of weights, whole or of half the width. */
record PanelStrides(Strides whole, Strides half) {
  static PanelStrides of(int aRow, int aTerm) {
    return new PanelStrides(
        Strides.of(aRow, aTerm, Conv2d.PANEL), Strides.of(aRow, aTerm, Conv2d.UNIT));
  }

  Strides of(int width) {
    return width == Conv2d.PANEL ? whole : half;
  }
}
