package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileKernels;
import java.lang.invoke.MethodHandles;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Register tile of up to 14 rows by 2 vectors of columns, or 15 by 1 (at most 28 accumulators, 2
 * vectors of b, 2 broadcasts), whose operands lie at distances that C2 knows. A template: {@link
 * StridedTiles} loads it once for each {@link Shape}, as a hidden class whose constants are the
 * shape's numbers, and C2 drops what they rule out.
 *
 * <p>Constant distances leave a loop of little but loads and FMAs: 14 x 2 takes 55 instructions for
 * its 28 FMAs, where tables of offsets take 124. One index, checked before the loop, serves all
 * rows; each broadcast finds its row by a displacement. That is what a core has issue slots for
 * even while its other thread is busy.
 *
 * <p>Of runs, C2 knows length and number: of loops that may be long, collectors such as G1 want
 * safepoints, and with one between two nested loops the accumulators live on the stack. A single
 * run has a loop of its own, since inside one that turns once it is up to a fifth slower.
 *
 * <p>14 rows by 2 vectors take all 32 registers. Where C2 has seen sums start from a bias only, and
 * terms come in a single run, it moves the broadcasts up together and spills; 13 rows never did.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class StridedTile implements StridedTiles.Tile {
  /** What a tile is compiled for. */
  record Shape(int rows, int vectors, TileKernels.Strides strides) {
    List<Integer> constants() {
      return List.of(
          rows,
          vectors,
          strides.aRow(),
          strides.aTerm(),
          strides.bTerm(),
          strides.run(),
          strides.runs(),
          strides.aRun(),
          strides.bRun());
    }
  }

  private static final int ROWS = constant(0);
  private static final boolean TWO = constant(1) == 2;
  private static final int A_ROW = constant(2);
  private static final int A_TERM = constant(3);
  private static final int B_TERM = constant(4);
  private static final int RUN = constant(5);
  private static final int RUNS = constant(6);
  private static final int A_RUN = constant(7);
  private static final int B_RUN = constant(8);

  private static int constant(int index) {
    try {
      return MethodHandles.classDataAt(MethodHandles.lookup(), "_", int.class, index);
    } catch (IllegalAccessException e) {
      throw new LinkageError("StridedTile is a template", e);
    }
  }

  @Override
  public void run(
      int terms,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int[] cRow,
      int i) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c60 = zero;
    FloatVector c61 = zero;
    FloatVector c70 = zero;
    FloatVector c71 = zero;
    FloatVector c80 = zero;
    FloatVector c81 = zero;
    FloatVector c90 = zero;
    FloatVector c91 = zero;
    FloatVector ca0 = zero;
    FloatVector ca1 = zero;
    FloatVector cb0 = zero;
    FloatVector cb1 = zero;
    FloatVector cc0 = zero;
    FloatVector cc1 = zero;
    FloatVector cd0 = zero;
    FloatVector cd1 = zero;
    FloatVector ce0 = zero;
    if (bias != null) {
      FloatVector first = FloatVector.fromArray(F, bias, biasOff);
      FloatVector second = TWO ? FloatVector.fromArray(F, bias, biasOff + L) : zero;
      c00 = first;
      c01 = second;
      c10 = first;
      c11 = second;
      c20 = first;
      c21 = second;
      c30 = first;
      c31 = second;
      c40 = first;
      c41 = second;
      c50 = first;
      c51 = second;
      c60 = first;
      c61 = second;
      c70 = first;
      c71 = second;
      c80 = first;
      c81 = second;
      c90 = first;
      c91 = second;
      ca0 = first;
      ca1 = second;
      cb0 = first;
      cb1 = second;
      cc0 = first;
      cc1 = second;
      cd0 = first;
      cd1 = second;
      ce0 = first;
    } else {
      int at = cOff + cRow[i];
      c00 = FloatVector.fromArray(F, c, at);
      if (TWO) {
        c01 = FloatVector.fromArray(F, c, at + L);
      }
      if (ROWS > 1) {
        at = cOff + cRow[i + 1];
        c10 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c11 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 2) {
        at = cOff + cRow[i + 2];
        c20 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c21 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 3) {
        at = cOff + cRow[i + 3];
        c30 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c31 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 4) {
        at = cOff + cRow[i + 4];
        c40 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c41 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 5) {
        at = cOff + cRow[i + 5];
        c50 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c51 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 6) {
        at = cOff + cRow[i + 6];
        c60 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c61 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 7) {
        at = cOff + cRow[i + 7];
        c70 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c71 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 8) {
        at = cOff + cRow[i + 8];
        c80 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c81 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 9) {
        at = cOff + cRow[i + 9];
        c90 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          c91 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 10) {
        at = cOff + cRow[i + 10];
        ca0 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          ca1 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 11) {
        at = cOff + cRow[i + 11];
        cb0 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          cb1 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 12) {
        at = cOff + cRow[i + 12];
        cc0 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          cc1 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 13) {
        at = cOff + cRow[i + 13];
        cd0 = FloatVector.fromArray(F, c, at);
        if (TWO) {
          cd1 = FloatVector.fromArray(F, c, at + L);
        }
      }
      if (ROWS > 14) {
        ce0 = FloatVector.fromArray(F, c, cOff + cRow[i + 14]);
      }
    }
    if (RUN == 0) {
      for (int k = 0; k < terms; k++) {
        int bAt = bOff + k * B_TERM;
        int aAt = aOff + k * A_TERM;
        FloatVector b0 = FloatVector.fromArray(F, b, bAt);
        FloatVector b1 = TWO ? FloatVector.fromArray(F, b, bAt + L) : b0;
        FloatVector x = FloatVector.broadcast(F, a[aAt]);
        c00 = x.fma(b0, c00);
        if (TWO) {
          c01 = x.fma(b1, c01);
        }
        if (ROWS > 1) {
          x = FloatVector.broadcast(F, a[aAt + A_ROW]);
          c10 = x.fma(b0, c10);
          if (TWO) {
            c11 = x.fma(b1, c11);
          }
        }
        if (ROWS > 2) {
          x = FloatVector.broadcast(F, a[aAt + 2 * A_ROW]);
          c20 = x.fma(b0, c20);
          if (TWO) {
            c21 = x.fma(b1, c21);
          }
        }
        if (ROWS > 3) {
          x = FloatVector.broadcast(F, a[aAt + 3 * A_ROW]);
          c30 = x.fma(b0, c30);
          if (TWO) {
            c31 = x.fma(b1, c31);
          }
        }
        if (ROWS > 4) {
          x = FloatVector.broadcast(F, a[aAt + 4 * A_ROW]);
          c40 = x.fma(b0, c40);
          if (TWO) {
            c41 = x.fma(b1, c41);
          }
        }
        if (ROWS > 5) {
          x = FloatVector.broadcast(F, a[aAt + 5 * A_ROW]);
          c50 = x.fma(b0, c50);
          if (TWO) {
            c51 = x.fma(b1, c51);
          }
        }
        if (ROWS > 6) {
          x = FloatVector.broadcast(F, a[aAt + 6 * A_ROW]);
          c60 = x.fma(b0, c60);
          if (TWO) {
            c61 = x.fma(b1, c61);
          }
        }
        if (ROWS > 7) {
          x = FloatVector.broadcast(F, a[aAt + 7 * A_ROW]);
          c70 = x.fma(b0, c70);
          if (TWO) {
            c71 = x.fma(b1, c71);
          }
        }
        if (ROWS > 8) {
          x = FloatVector.broadcast(F, a[aAt + 8 * A_ROW]);
          c80 = x.fma(b0, c80);
          if (TWO) {
            c81 = x.fma(b1, c81);
          }
        }
        if (ROWS > 9) {
          x = FloatVector.broadcast(F, a[aAt + 9 * A_ROW]);
          c90 = x.fma(b0, c90);
          if (TWO) {
            c91 = x.fma(b1, c91);
          }
        }
        if (ROWS > 10) {
          x = FloatVector.broadcast(F, a[aAt + 10 * A_ROW]);
          ca0 = x.fma(b0, ca0);
          if (TWO) {
            ca1 = x.fma(b1, ca1);
          }
        }
        if (ROWS > 11) {
          x = FloatVector.broadcast(F, a[aAt + 11 * A_ROW]);
          cb0 = x.fma(b0, cb0);
          if (TWO) {
            cb1 = x.fma(b1, cb1);
          }
        }
        if (ROWS > 12) {
          x = FloatVector.broadcast(F, a[aAt + 12 * A_ROW]);
          cc0 = x.fma(b0, cc0);
          if (TWO) {
            cc1 = x.fma(b1, cc1);
          }
        }
        if (ROWS > 13) {
          x = FloatVector.broadcast(F, a[aAt + 13 * A_ROW]);
          cd0 = x.fma(b0, cd0);
          if (TWO) {
            cd1 = x.fma(b1, cd1);
          }
        }
        if (ROWS > 14) {
          x = FloatVector.broadcast(F, a[aAt + 14 * A_ROW]);
          ce0 = x.fma(b0, ce0);
        }
      }
    } else {
      for (int r = 0; r < RUNS; r++) {
        for (int k = 0; k < RUN; k++) {
          int bAt = bOff + r * B_RUN + k * B_TERM;
          int aAt = aOff + r * A_RUN + k * A_TERM;
          FloatVector b0 = FloatVector.fromArray(F, b, bAt);
          FloatVector b1 = TWO ? FloatVector.fromArray(F, b, bAt + L) : b0;
          FloatVector x = FloatVector.broadcast(F, a[aAt]);
          c00 = x.fma(b0, c00);
          if (TWO) {
            c01 = x.fma(b1, c01);
          }
          if (ROWS > 1) {
            x = FloatVector.broadcast(F, a[aAt + A_ROW]);
            c10 = x.fma(b0, c10);
            if (TWO) {
              c11 = x.fma(b1, c11);
            }
          }
          if (ROWS > 2) {
            x = FloatVector.broadcast(F, a[aAt + 2 * A_ROW]);
            c20 = x.fma(b0, c20);
            if (TWO) {
              c21 = x.fma(b1, c21);
            }
          }
          if (ROWS > 3) {
            x = FloatVector.broadcast(F, a[aAt + 3 * A_ROW]);
            c30 = x.fma(b0, c30);
            if (TWO) {
              c31 = x.fma(b1, c31);
            }
          }
          if (ROWS > 4) {
            x = FloatVector.broadcast(F, a[aAt + 4 * A_ROW]);
            c40 = x.fma(b0, c40);
            if (TWO) {
              c41 = x.fma(b1, c41);
            }
          }
          if (ROWS > 5) {
            x = FloatVector.broadcast(F, a[aAt + 5 * A_ROW]);
            c50 = x.fma(b0, c50);
            if (TWO) {
              c51 = x.fma(b1, c51);
            }
          }
          if (ROWS > 6) {
            x = FloatVector.broadcast(F, a[aAt + 6 * A_ROW]);
            c60 = x.fma(b0, c60);
            if (TWO) {
              c61 = x.fma(b1, c61);
            }
          }
          if (ROWS > 7) {
            x = FloatVector.broadcast(F, a[aAt + 7 * A_ROW]);
            c70 = x.fma(b0, c70);
            if (TWO) {
              c71 = x.fma(b1, c71);
            }
          }
          if (ROWS > 8) {
            x = FloatVector.broadcast(F, a[aAt + 8 * A_ROW]);
            c80 = x.fma(b0, c80);
            if (TWO) {
              c81 = x.fma(b1, c81);
            }
          }
          if (ROWS > 9) {
            x = FloatVector.broadcast(F, a[aAt + 9 * A_ROW]);
            c90 = x.fma(b0, c90);
            if (TWO) {
              c91 = x.fma(b1, c91);
            }
          }
          if (ROWS > 10) {
            x = FloatVector.broadcast(F, a[aAt + 10 * A_ROW]);
            ca0 = x.fma(b0, ca0);
            if (TWO) {
              ca1 = x.fma(b1, ca1);
            }
          }
          if (ROWS > 11) {
            x = FloatVector.broadcast(F, a[aAt + 11 * A_ROW]);
            cb0 = x.fma(b0, cb0);
            if (TWO) {
              cb1 = x.fma(b1, cb1);
            }
          }
          if (ROWS > 12) {
            x = FloatVector.broadcast(F, a[aAt + 12 * A_ROW]);
            cc0 = x.fma(b0, cc0);
            if (TWO) {
              cc1 = x.fma(b1, cc1);
            }
          }
          if (ROWS > 13) {
            x = FloatVector.broadcast(F, a[aAt + 13 * A_ROW]);
            cd0 = x.fma(b0, cd0);
            if (TWO) {
              cd1 = x.fma(b1, cd1);
            }
          }
          if (ROWS > 14) {
            x = FloatVector.broadcast(F, a[aAt + 14 * A_ROW]);
            ce0 = x.fma(b0, ce0);
          }
        }
      }
    }
    int to = cOff + cRow[i];
    FV.cast(c00).intoArray(c, to);
    if (TWO) {
      FV.cast(c01).intoArray(c, to + L);
    }
    if (ROWS > 1) {
      to = cOff + cRow[i + 1];
      FV.cast(c10).intoArray(c, to);
      if (TWO) {
        FV.cast(c11).intoArray(c, to + L);
      }
    }
    if (ROWS > 2) {
      to = cOff + cRow[i + 2];
      FV.cast(c20).intoArray(c, to);
      if (TWO) {
        FV.cast(c21).intoArray(c, to + L);
      }
    }
    if (ROWS > 3) {
      to = cOff + cRow[i + 3];
      FV.cast(c30).intoArray(c, to);
      if (TWO) {
        FV.cast(c31).intoArray(c, to + L);
      }
    }
    if (ROWS > 4) {
      to = cOff + cRow[i + 4];
      FV.cast(c40).intoArray(c, to);
      if (TWO) {
        FV.cast(c41).intoArray(c, to + L);
      }
    }
    if (ROWS > 5) {
      to = cOff + cRow[i + 5];
      FV.cast(c50).intoArray(c, to);
      if (TWO) {
        FV.cast(c51).intoArray(c, to + L);
      }
    }
    if (ROWS > 6) {
      to = cOff + cRow[i + 6];
      FV.cast(c60).intoArray(c, to);
      if (TWO) {
        FV.cast(c61).intoArray(c, to + L);
      }
    }
    if (ROWS > 7) {
      to = cOff + cRow[i + 7];
      FV.cast(c70).intoArray(c, to);
      if (TWO) {
        FV.cast(c71).intoArray(c, to + L);
      }
    }
    if (ROWS > 8) {
      to = cOff + cRow[i + 8];
      FV.cast(c80).intoArray(c, to);
      if (TWO) {
        FV.cast(c81).intoArray(c, to + L);
      }
    }
    if (ROWS > 9) {
      to = cOff + cRow[i + 9];
      FV.cast(c90).intoArray(c, to);
      if (TWO) {
        FV.cast(c91).intoArray(c, to + L);
      }
    }
    if (ROWS > 10) {
      to = cOff + cRow[i + 10];
      FV.cast(ca0).intoArray(c, to);
      if (TWO) {
        FV.cast(ca1).intoArray(c, to + L);
      }
    }
    if (ROWS > 11) {
      to = cOff + cRow[i + 11];
      FV.cast(cb0).intoArray(c, to);
      if (TWO) {
        FV.cast(cb1).intoArray(c, to + L);
      }
    }
    if (ROWS > 12) {
      to = cOff + cRow[i + 12];
      FV.cast(cc0).intoArray(c, to);
      if (TWO) {
        FV.cast(cc1).intoArray(c, to + L);
      }
    }
    if (ROWS > 13) {
      to = cOff + cRow[i + 13];
      FV.cast(cd0).intoArray(c, to);
      if (TWO) {
        FV.cast(cd1).intoArray(c, to + L);
      }
    }
    if (ROWS > 14) {
      FV.cast(ce0).intoArray(c, cOff + cRow[i + 14]);
    }
  }
}
