package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileMatrix;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Multiplies a {@link TileMatrix} with columns of runs. A template, loaded once for each matrix as
 * a hidden class whose constants are the matrix's elements: C2 drops the zeros.
 */
final class MatrixTile implements MatrixTiles.Tile {
  private static final int ROWS = (int) constant(0, int.class);
  private static final int COLUMNS = (int) constant(1, int.class);

  /** Whether vectors lie side by side: then C2 can check a loop's indices before it. */
  private static final boolean DENSE = (int) constant(2, int.class) == 1;

  private static final int STEP = DENSE ? L : 1;

  private static final float M00 = element(0, 0);
  private static final float M01 = element(0, 1);
  private static final float M02 = element(0, 2);
  private static final float M03 = element(0, 3);
  private static final float M04 = element(0, 4);
  private static final float M05 = element(0, 5);
  private static final float M06 = element(0, 6);
  private static final float M07 = element(0, 7);
  private static final float M10 = element(1, 0);
  private static final float M11 = element(1, 1);
  private static final float M12 = element(1, 2);
  private static final float M13 = element(1, 3);
  private static final float M14 = element(1, 4);
  private static final float M15 = element(1, 5);
  private static final float M16 = element(1, 6);
  private static final float M17 = element(1, 7);
  private static final float M20 = element(2, 0);
  private static final float M21 = element(2, 1);
  private static final float M22 = element(2, 2);
  private static final float M23 = element(2, 3);
  private static final float M24 = element(2, 4);
  private static final float M25 = element(2, 5);
  private static final float M26 = element(2, 6);
  private static final float M27 = element(2, 7);
  private static final float M30 = element(3, 0);
  private static final float M31 = element(3, 1);
  private static final float M32 = element(3, 2);
  private static final float M33 = element(3, 3);
  private static final float M34 = element(3, 4);
  private static final float M35 = element(3, 5);
  private static final float M36 = element(3, 6);
  private static final float M37 = element(3, 7);

  /** Of a row of zeros. */
  private static final int NONE = TileMatrix.MOST;

  /** By row, the column of the first element that is not zero, or {@link #NONE}. */
  private static final int START0 = start(M00, M01, M02, M03, M04, M05, M06, M07);

  private static final int START1 = start(M10, M11, M12, M13, M14, M15, M16, M17);

  private static final int START2 = start(M20, M21, M22, M23, M24, M25, M26, M27);

  private static final int START3 = start(M30, M31, M32, M33, M34, M35, M36, M37);

  private static int start(float... row) {
    int column = 0;
    while (column < row.length && row[column] == 0f) {
      column++;
    }
    return column;
  }

  private static float element(int row, int column) {
    return (float) constant(3 + row * TileMatrix.MOST + column, float.class);
  }

  private static Object constant(int index, Class<?> type) {
    try {
      return MethodHandles.classDataAt(MethodHandles.lookup(), "_", type, index);
    } catch (IllegalAccessException e) {
      throw new LinkageError("MatrixTile is a template", e);
    }
  }

  @Override
  public void run(
      int vectors,
      float[] from,
      int fromOff,
      int fromVector,
      int fromStep,
      float[] to,
      int toOff,
      int toVector,
      int toStep) {
    int end = vectors * STEP;
    for (int i = 0; i < end; i += STEP) {
      int at = fromOff + (DENSE ? i : i * fromVector);
      int out = toOff + (DENSE ? i : i * toVector);
      FloatVector x0 = FloatVector.fromArray(F, from, at);
      FloatVector x1 = COLUMNS > 1 ? FloatVector.fromArray(F, from, at + 1 * fromStep) : x0;
      FloatVector x2 = COLUMNS > 2 ? FloatVector.fromArray(F, from, at + 2 * fromStep) : x0;
      FloatVector x3 = COLUMNS > 3 ? FloatVector.fromArray(F, from, at + 3 * fromStep) : x0;
      FloatVector x4 = COLUMNS > 4 ? FloatVector.fromArray(F, from, at + 4 * fromStep) : x0;
      FloatVector x5 = COLUMNS > 5 ? FloatVector.fromArray(F, from, at + 5 * fromStep) : x0;
      FloatVector x6 = COLUMNS > 6 ? FloatVector.fromArray(F, from, at + 6 * fromStep) : x0;
      FloatVector x7 = COLUMNS > 7 ? FloatVector.fromArray(F, from, at + 7 * fromStep) : x0;
      FloatVector y;
      y = START0 == NONE ? FloatVector.zero(F) : x0;
      if (M00 != 0f) {
        y = START0 == 0 ? begin(M00, x0) : step(M00, x0, y);
      }
      if (M01 != 0f) {
        y = START0 == 1 ? begin(M01, x1) : step(M01, x1, y);
      }
      if (M02 != 0f) {
        y = START0 == 2 ? begin(M02, x2) : step(M02, x2, y);
      }
      if (M03 != 0f) {
        y = START0 == 3 ? begin(M03, x3) : step(M03, x3, y);
      }
      if (M04 != 0f) {
        y = START0 == 4 ? begin(M04, x4) : step(M04, x4, y);
      }
      if (M05 != 0f) {
        y = START0 == 5 ? begin(M05, x5) : step(M05, x5, y);
      }
      if (M06 != 0f) {
        y = START0 == 6 ? begin(M06, x6) : step(M06, x6, y);
      }
      if (M07 != 0f) {
        y = START0 == 7 ? begin(M07, x7) : step(M07, x7, y);
      }
      FV.cast(y).intoArray(to, out + 0 * toStep);
      if (ROWS > 1) {
        y = START1 == NONE ? FloatVector.zero(F) : x0;
        if (M10 != 0f) {
          y = START1 == 0 ? begin(M10, x0) : step(M10, x0, y);
        }
        if (M11 != 0f) {
          y = START1 == 1 ? begin(M11, x1) : step(M11, x1, y);
        }
        if (M12 != 0f) {
          y = START1 == 2 ? begin(M12, x2) : step(M12, x2, y);
        }
        if (M13 != 0f) {
          y = START1 == 3 ? begin(M13, x3) : step(M13, x3, y);
        }
        if (M14 != 0f) {
          y = START1 == 4 ? begin(M14, x4) : step(M14, x4, y);
        }
        if (M15 != 0f) {
          y = START1 == 5 ? begin(M15, x5) : step(M15, x5, y);
        }
        if (M16 != 0f) {
          y = START1 == 6 ? begin(M16, x6) : step(M16, x6, y);
        }
        if (M17 != 0f) {
          y = START1 == 7 ? begin(M17, x7) : step(M17, x7, y);
        }
        FV.cast(y).intoArray(to, out + 1 * toStep);
      }
      if (ROWS > 2) {
        y = START2 == NONE ? FloatVector.zero(F) : x0;
        if (M20 != 0f) {
          y = START2 == 0 ? begin(M20, x0) : step(M20, x0, y);
        }
        if (M21 != 0f) {
          y = START2 == 1 ? begin(M21, x1) : step(M21, x1, y);
        }
        if (M22 != 0f) {
          y = START2 == 2 ? begin(M22, x2) : step(M22, x2, y);
        }
        if (M23 != 0f) {
          y = START2 == 3 ? begin(M23, x3) : step(M23, x3, y);
        }
        if (M24 != 0f) {
          y = START2 == 4 ? begin(M24, x4) : step(M24, x4, y);
        }
        if (M25 != 0f) {
          y = START2 == 5 ? begin(M25, x5) : step(M25, x5, y);
        }
        if (M26 != 0f) {
          y = START2 == 6 ? begin(M26, x6) : step(M26, x6, y);
        }
        if (M27 != 0f) {
          y = START2 == 7 ? begin(M27, x7) : step(M27, x7, y);
        }
        FV.cast(y).intoArray(to, out + 2 * toStep);
      }
      if (ROWS > 3) {
        y = START3 == NONE ? FloatVector.zero(F) : x0;
        if (M30 != 0f) {
          y = START3 == 0 ? begin(M30, x0) : step(M30, x0, y);
        }
        if (M31 != 0f) {
          y = START3 == 1 ? begin(M31, x1) : step(M31, x1, y);
        }
        if (M32 != 0f) {
          y = START3 == 2 ? begin(M32, x2) : step(M32, x2, y);
        }
        if (M33 != 0f) {
          y = START3 == 3 ? begin(M33, x3) : step(M33, x3, y);
        }
        if (M34 != 0f) {
          y = START3 == 4 ? begin(M34, x4) : step(M34, x4, y);
        }
        if (M35 != 0f) {
          y = START3 == 5 ? begin(M35, x5) : step(M35, x5, y);
        }
        if (M36 != 0f) {
          y = START3 == 6 ? begin(M36, x6) : step(M36, x6, y);
        }
        if (M37 != 0f) {
          y = START3 == 7 ? begin(M37, x7) : step(M37, x7, y);
        }
        FV.cast(y).intoArray(to, out + 3 * toStep);
      }
    }
  }

  private static FloatVector begin(float element, FloatVector x) {
    return element == 1f ? x : FV.cast(x).mul(FloatVector.broadcast(F, element));
  }

  /** {@code fma(element, x, y)}, where a sum or a difference is the same. */
  private static FloatVector step(float element, FloatVector x, FloatVector y) {
    if (element == 1f) {
      return FV.cast(y).add(x);
    }
    return element == -1f
        ? FV.cast(y).sub(x)
        : FV.cast(x).fma(FloatVector.broadcast(F, element), y);
  }
}
