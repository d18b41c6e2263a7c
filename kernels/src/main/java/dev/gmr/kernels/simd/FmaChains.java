package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;

import jdk.incubator.vector.FloatVector;

/** What the FMA units give when nothing else is in the way: independent chains in registers. */
final class FmaChains {
  private FmaChains() {}

  static float run(int iterations) {
    FloatVector x = FloatVector.broadcast(F, 0.5f);
    FloatVector y = FloatVector.broadcast(F, 0.25f);
    FloatVector c0 = FloatVector.broadcast(F, 0f);
    FloatVector c1 = FloatVector.broadcast(F, 1f);
    FloatVector c2 = FloatVector.broadcast(F, 2f);
    FloatVector c3 = FloatVector.broadcast(F, 3f);
    FloatVector c4 = FloatVector.broadcast(F, 4f);
    FloatVector c5 = FloatVector.broadcast(F, 5f);
    FloatVector c6 = FloatVector.broadcast(F, 6f);
    FloatVector c7 = FloatVector.broadcast(F, 7f);
    FloatVector c8 = FloatVector.broadcast(F, 8f);
    FloatVector c9 = FloatVector.broadcast(F, 9f);
    FloatVector c10 = FloatVector.broadcast(F, 10f);
    FloatVector c11 = FloatVector.broadcast(F, 11f);
    for (int i = 0; i < iterations; i++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    c0 = c0.add(c1);
    c0 = c0.add(c2);
    c0 = c0.add(c3);
    c0 = c0.add(c4);
    c0 = c0.add(c5);
    c0 = c0.add(c6);
    c0 = c0.add(c7);
    c0 = c0.add(c8);
    c0 = c0.add(c9);
    c0 = c0.add(c10);
    c0 = c0.add(c11);
    return c0.lane(0);
  }
}
