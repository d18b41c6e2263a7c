package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.I;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.gmr.kernels.scalar.ExpLog;
import dev.gmr.kernels.scalar.ScalarRandom;
import dev.gmr.kernels.scalar.Threefry;
import dev.gmr.kernels.spi.RandomKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ScalarRandom} in whole blocks of 32, then a scalar tail.
 *
 * <p>The floating-point kernels first leave the raw words in the output array, as bits, and then
 * turn them into numbers in place, block by block in the first-level cache. Written out for the
 * reason that {@link SimdFunctions} gives.
 */
final class SimdRandom implements RandomKernels {
  private static final int BLOCK = ScalarRandom.BLOCK;
  private static final int LANES = ScalarRandom.LANES;

  @Override
  public void bits(int key0, int key1, int stream, int[] out, int off, int n) {
    int done = n - n % BLOCK;
    for (int block = 0; block < done; block += BLOCK) {
      encrypt(key0, key1, stream, block, out, null, off + block);
    }
    ScalarRandom.bits(key0, key1, stream, out, off, done, n);
  }

  @Override
  public void uniform(int key0, int key1, int stream, float[] out, int off, int n) {
    int done = n - n % BLOCK;
    for (int block = 0; block < done; block += BLOCK) {
      encrypt(key0, key1, stream, block, null, out, off + block);
      for (int i = off + block; i < off + block + BLOCK; i += L) {
        IntVector word = FloatVector.fromArray(F, out, i).reinterpretAsInts();
        FloatVector u = (FloatVector) word.lanewise(LSHR, 8).add(1).convertShape(I2F, F, 0);
        u.mul(ScalarRandom.UNIFORM_STEP).intoArray(out, i);
      }
    }
    ScalarRandom.uniform(key0, key1, stream, out, off, done, n);
  }

  @Override
  public void normal(int key0, int key1, int stream, float[] out, int off, int n) {
    int done = n - n % BLOCK;
    for (int block = 0; block < done; block += BLOCK) {
      encrypt(key0, key1, stream, block, null, out, off + block);
      boxMuller(out, off + block);
    }
    ScalarRandom.normal(key0, key1, stream, out, off, done, n);
  }

  /** Writes the 32 words of a block to {@code ints} or, as bits, to {@code floats}. */
  private static void encrypt(
      int key0, int key1, int stream, int block, int[] ints, float[] floats, int off) {
    int key2 = Threefry.PARITY ^ key0 ^ key1;
    for (int i = 0; i < LANES; i += L) {
      IntVector x0 = IntVector.zero(I).addIndex(1).add(block / 2 + i + key0);
      IntVector x1 = IntVector.broadcast(I, stream + key1);

      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x0 = x0.add(key1);
      x1 = x1.add(key2 + 1);

      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 29).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 16).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 24).lanewise(XOR, x0);
      x0 = x0.add(key2);
      x1 = x1.add(key0 + 2);

      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x0 = x0.add(key0);
      x1 = x1.add(key1 + 3);

      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 29).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 16).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 24).lanewise(XOR, x0);
      x0 = x0.add(key1);
      x1 = x1.add(key2 + 4);

      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x0 = x0.add(key2);
      x1 = x1.add(key0 + 5);

      if (floats == null) {
        x0.intoArray(ints, off + i);
        x1.intoArray(ints, off + LANES + i);
      } else {
        x0.reinterpretAsFloats().intoArray(floats, off + i);
        x1.reinterpretAsFloats().intoArray(floats, off + LANES + i);
      }
    }
  }

  /** Turns the 32 words of a block into normal numbers, in place. */
  private static void boxMuller(float[] out, int off) {
    for (int i = off; i < off + LANES; i += L) {
      IntVector word = FloatVector.fromArray(F, out, i).reinterpretAsInts();
      FloatVector u = (FloatVector) word.lanewise(LSHR, 8).add(1).convertShape(I2F, F, 0);
      u = u.mul(ScalarRandom.UNIFORM_STEP);

      IntVector distance = u.reinterpretAsInts().sub(ExpLog.ROOT_HALF_BITS);
      FloatVector e = (FloatVector) distance.lanewise(ASHR, 23).convertShape(I2F, F, 0);
      IntVector fraction = distance.and(ExpLog.FRACTION_MASK).add(ExpLog.ROOT_HALF_BITS);
      FloatVector f = fraction.reinterpretAsFloats().sub(1f);
      FloatVector p = broadcast(F, ExpLog.P7).fma(f, broadcast(F, ExpLog.P6));
      p = p.fma(f, broadcast(F, ExpLog.P5));
      p = p.fma(f, broadcast(F, ExpLog.P4));
      p = p.fma(f, broadcast(F, ExpLog.P3));
      p = p.fma(f, broadcast(F, ExpLog.P2));
      p = p.fma(f, broadcast(F, ExpLog.P1));
      p = p.fma(f, broadcast(F, ExpLog.P0));
      FloatVector ff = f.mul(f);
      p = e.fma(broadcast(F, ExpLog.LN2_LOW), p.mul(f).mul(ff));
      p = broadcast(F, -0.5f).fma(ff, p);
      p = e.fma(broadcast(F, ExpLog.LN2_HIGH), f.add(p));
      FloatVector radius = p.mul(-2f).sqrt();

      IntVector angle = FloatVector.fromArray(F, out, i + LANES).reinterpretAsInts();
      IntVector quadrant = angle.add(ScalarRandom.HALF_QUADRANT).lanewise(LSHR, 30);
      IntVector rest = angle.sub(quadrant.lanewise(LSHL, 30));
      FloatVector x = (FloatVector) rest.convertShape(I2F, F, 0);
      x = x.mul(ScalarRandom.ANGLE_STEP);
      FloatVector square = x.mul(x);
      FloatVector s = broadcast(F, ScalarRandom.S2).fma(square, broadcast(F, ScalarRandom.S1));
      s = s.fma(square, broadcast(F, ScalarRandom.S0)).mul(square).fma(x, x);
      FloatVector c = broadcast(F, ScalarRandom.C2).fma(square, broadcast(F, ScalarRandom.C1));
      c = c.fma(square, broadcast(F, ScalarRandom.C0)).mul(square);
      c = c.fma(square, broadcast(F, -0.5f).fma(square, broadcast(F, 1f)));

      VectorMask<Float> odd = quadrant.and(1).compare(NE, 0).cast(F);
      IntVector cosine = c.blend(s, odd).reinterpretAsInts();
      IntVector sine = s.blend(c, odd).reinterpretAsInts();
      cosine = cosine.lanewise(XOR, quadrant.add(1).and(2).lanewise(LSHL, 30));
      sine = sine.lanewise(XOR, quadrant.and(2).lanewise(LSHL, 30));
      radius.mul(cosine.reinterpretAsFloats()).intoArray(out, i);
      radius.mul(sine.reinterpretAsFloats()).intoArray(out, i + LANES);
    }
  }
}
