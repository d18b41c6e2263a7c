package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.FV;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes 16 runs of floats, in registers, 16 x 16 at a time: four rounds of exchanging halves,
 * quarters, pairs and neighbours between two vectors. Written out, as the tiles are, and for cores
 * whose vectors have 16 floats. C2 does not know the class of what is reinterpreted, hence the
 * casts.
 */
final class Transpose {
  private static final VectorSpecies<Float> F16 = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> I16 = IntVector.SPECIES_512;
  private static final IntVector LOW8 = low(8);
  private static final IntVector HIGH8 = high(8);
  private static final IntVector LOW4 = low(4);
  private static final IntVector HIGH4 = high(4);
  private static final IntVector LOW2 = low(2);
  private static final IntVector HIGH2 = high(2);
  private static final IntVector LOW1 = low(1);
  private static final IntVector HIGH1 = high(1);

  private Transpose() {}

  /** Lanes of two vectors for the first of a pair that exchange what is {@code s} lanes apart. */
  private static IntVector low(int s) {
    int[] lanes = new int[16];
    for (int i = 0; i < 16; i++) {
      lanes[i] = (i & s) == 0 ? i : 16 + i - s;
    }
    return IntVector.fromArray(I16, lanes, 0);
  }

  /** The same for the second. */
  private static IntVector high(int s) {
    int[] lanes = new int[16];
    for (int i = 0; i < 16; i++) {
      lanes[i] = (i & s) == 0 ? i + s : 16 + i;
    }
    return IntVector.fromArray(I16, lanes, 0);
  }

  /**
   * {@code to[toOff + c * step + l] = x[xOff + rows[l] + c]} for 16 l and n c, a multiple of 16.
   */
  static void run(int n, float[] x, int xOff, int[] rows, float[] to, int toOff, int step) {
    IntVector low8 = LOW8;
    IntVector high8 = HIGH8;
    IntVector low4 = LOW4;
    IntVector high4 = HIGH4;
    IntVector low2 = LOW2;
    IntVector high2 = HIGH2;
    IntVector low1 = LOW1;
    IntVector high1 = HIGH1;
    for (int c = 0; c < n; c += 16) {
      int at = xOff + c;
      IntVector v0 = FloatVector.fromArray(F16, x, at + rows[0]).reinterpretAsInts();
      IntVector v1 = FloatVector.fromArray(F16, x, at + rows[1]).reinterpretAsInts();
      IntVector v2 = FloatVector.fromArray(F16, x, at + rows[2]).reinterpretAsInts();
      IntVector v3 = FloatVector.fromArray(F16, x, at + rows[3]).reinterpretAsInts();
      IntVector v4 = FloatVector.fromArray(F16, x, at + rows[4]).reinterpretAsInts();
      IntVector v5 = FloatVector.fromArray(F16, x, at + rows[5]).reinterpretAsInts();
      IntVector v6 = FloatVector.fromArray(F16, x, at + rows[6]).reinterpretAsInts();
      IntVector v7 = FloatVector.fromArray(F16, x, at + rows[7]).reinterpretAsInts();
      IntVector v8 = FloatVector.fromArray(F16, x, at + rows[8]).reinterpretAsInts();
      IntVector v9 = FloatVector.fromArray(F16, x, at + rows[9]).reinterpretAsInts();
      IntVector va = FloatVector.fromArray(F16, x, at + rows[10]).reinterpretAsInts();
      IntVector vb = FloatVector.fromArray(F16, x, at + rows[11]).reinterpretAsInts();
      IntVector vc = FloatVector.fromArray(F16, x, at + rows[12]).reinterpretAsInts();
      IntVector vd = FloatVector.fromArray(F16, x, at + rows[13]).reinterpretAsInts();
      IntVector ve = FloatVector.fromArray(F16, x, at + rows[14]).reinterpretAsInts();
      IntVector vf = FloatVector.fromArray(F16, x, at + rows[15]).reinterpretAsInts();
      IntVector eight0 = low8.selectFrom(v0, v8);
      v8 = high8.selectFrom(v0, v8);
      v0 = eight0;
      IntVector eight1 = low8.selectFrom(v1, v9);
      v9 = high8.selectFrom(v1, v9);
      v1 = eight1;
      IntVector eight2 = low8.selectFrom(v2, va);
      va = high8.selectFrom(v2, va);
      v2 = eight2;
      IntVector eight3 = low8.selectFrom(v3, vb);
      vb = high8.selectFrom(v3, vb);
      v3 = eight3;
      IntVector eight4 = low8.selectFrom(v4, vc);
      vc = high8.selectFrom(v4, vc);
      v4 = eight4;
      IntVector eight5 = low8.selectFrom(v5, vd);
      vd = high8.selectFrom(v5, vd);
      v5 = eight5;
      IntVector eight6 = low8.selectFrom(v6, ve);
      ve = high8.selectFrom(v6, ve);
      v6 = eight6;
      IntVector eight7 = low8.selectFrom(v7, vf);
      vf = high8.selectFrom(v7, vf);
      v7 = eight7;
      IntVector four0 = low4.selectFrom(v0, v4);
      v4 = high4.selectFrom(v0, v4);
      v0 = four0;
      IntVector four1 = low4.selectFrom(v1, v5);
      v5 = high4.selectFrom(v1, v5);
      v1 = four1;
      IntVector four2 = low4.selectFrom(v2, v6);
      v6 = high4.selectFrom(v2, v6);
      v2 = four2;
      IntVector four3 = low4.selectFrom(v3, v7);
      v7 = high4.selectFrom(v3, v7);
      v3 = four3;
      IntVector four8 = low4.selectFrom(v8, vc);
      vc = high4.selectFrom(v8, vc);
      v8 = four8;
      IntVector four9 = low4.selectFrom(v9, vd);
      vd = high4.selectFrom(v9, vd);
      v9 = four9;
      IntVector foura = low4.selectFrom(va, ve);
      ve = high4.selectFrom(va, ve);
      va = foura;
      IntVector fourb = low4.selectFrom(vb, vf);
      vf = high4.selectFrom(vb, vf);
      vb = fourb;
      IntVector two0 = low2.selectFrom(v0, v2);
      v2 = high2.selectFrom(v0, v2);
      v0 = two0;
      IntVector two1 = low2.selectFrom(v1, v3);
      v3 = high2.selectFrom(v1, v3);
      v1 = two1;
      IntVector two4 = low2.selectFrom(v4, v6);
      v6 = high2.selectFrom(v4, v6);
      v4 = two4;
      IntVector two5 = low2.selectFrom(v5, v7);
      v7 = high2.selectFrom(v5, v7);
      v5 = two5;
      IntVector two8 = low2.selectFrom(v8, va);
      va = high2.selectFrom(v8, va);
      v8 = two8;
      IntVector two9 = low2.selectFrom(v9, vb);
      vb = high2.selectFrom(v9, vb);
      v9 = two9;
      IntVector twoc = low2.selectFrom(vc, ve);
      ve = high2.selectFrom(vc, ve);
      vc = twoc;
      IntVector twod = low2.selectFrom(vd, vf);
      vf = high2.selectFrom(vd, vf);
      vd = twod;
      IntVector one0 = low1.selectFrom(v0, v1);
      v1 = high1.selectFrom(v0, v1);
      v0 = one0;
      IntVector one2 = low1.selectFrom(v2, v3);
      v3 = high1.selectFrom(v2, v3);
      v2 = one2;
      IntVector one4 = low1.selectFrom(v4, v5);
      v5 = high1.selectFrom(v4, v5);
      v4 = one4;
      IntVector one6 = low1.selectFrom(v6, v7);
      v7 = high1.selectFrom(v6, v7);
      v6 = one6;
      IntVector one8 = low1.selectFrom(v8, v9);
      v9 = high1.selectFrom(v8, v9);
      v8 = one8;
      IntVector onea = low1.selectFrom(va, vb);
      vb = high1.selectFrom(va, vb);
      va = onea;
      IntVector onec = low1.selectFrom(vc, vd);
      vd = high1.selectFrom(vc, vd);
      vc = onec;
      IntVector onee = low1.selectFrom(ve, vf);
      vf = high1.selectFrom(ve, vf);
      ve = onee;
      int store = toOff + c * step;
      FV.cast(v0.reinterpretAsFloats()).intoArray(to, store);
      FV.cast(v1.reinterpretAsFloats()).intoArray(to, store + step);
      FV.cast(v2.reinterpretAsFloats()).intoArray(to, store + 2 * step);
      FV.cast(v3.reinterpretAsFloats()).intoArray(to, store + 3 * step);
      FV.cast(v4.reinterpretAsFloats()).intoArray(to, store + 4 * step);
      FV.cast(v5.reinterpretAsFloats()).intoArray(to, store + 5 * step);
      FV.cast(v6.reinterpretAsFloats()).intoArray(to, store + 6 * step);
      FV.cast(v7.reinterpretAsFloats()).intoArray(to, store + 7 * step);
      FV.cast(v8.reinterpretAsFloats()).intoArray(to, store + 8 * step);
      FV.cast(v9.reinterpretAsFloats()).intoArray(to, store + 9 * step);
      FV.cast(va.reinterpretAsFloats()).intoArray(to, store + 10 * step);
      FV.cast(vb.reinterpretAsFloats()).intoArray(to, store + 11 * step);
      FV.cast(vc.reinterpretAsFloats()).intoArray(to, store + 12 * step);
      FV.cast(vd.reinterpretAsFloats()).intoArray(to, store + 13 * step);
      FV.cast(ve.reinterpretAsFloats()).intoArray(to, store + 14 * step);
      FV.cast(vf.reinterpretAsFloats()).intoArray(to, store + 15 * step);
    }
  }
}
