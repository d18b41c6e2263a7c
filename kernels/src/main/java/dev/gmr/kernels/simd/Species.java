package dev.gmr.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one vector shape of this process: the CPU's preferred one, unless a test forces another. */
final class Species {
  /** Float lanes. */
  static final VectorSpecies<Float> F = VectorSpecies.of(float.class, shape());

  /** Int lanes, as many as {@link #F} has. */
  static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, shape());

  /** Double lanes of the same width. */
  static final VectorSpecies<Double> D = VectorSpecies.of(double.class, shape());

  /** As many floats as {@link #D} has lanes, in half a vector. */
  static final VectorSpecies<Float> FH =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  /** Number of double lanes: 2, 4 or 8. */
  static final int DL = D.length();

  /** Number of float lanes: 4, 8 or 16. */
  static final int L = F.length();

  /**
   * The class of vectors of {@link #F}. What a loop carries has no class of its own until C2 has
   * inlined all of it, and is stored by way of a profile that all users of FloatVector share; when
   * that has seen two widths, the store is not compiled and every vector of the loop stays an
   * object. A cast to this class says which it is. Ints need none: there is one species of them.
   */
  static final Class<FloatVector> FV = vectorClass();

  private Species() {}

  /** How many of n floats go by whole vectors. */
  static int floats(int n) {
    return n - n % L;
  }

  /**
   * How many of n elements go by whole vectors of doubles. None at 128 bits: C2 has no masks of two
   * lanes and would box every vector.
   */
  static int doubles(int n) {
    return DL > 2 ? n - n % DL : 0;
  }

  @SuppressWarnings("unchecked")
  private static Class<FloatVector> vectorClass() {
    return (Class<FloatVector>) (Class<?>) F.vectorType();
  }

  private static VectorShape shape() {
    String bits = System.getProperty("gmr.simd.bits", "");
    return switch (bits) {
      case "128" -> VectorShape.S_128_BIT;
      case "256" -> VectorShape.S_256_BIT;
      case "512" -> VectorShape.S_512_BIT;
      // 1024 and 2048 bits exist on some Arm cores; blocks here are 16 lanes, so stop at 512.
      case "" -> {
        VectorShape preferred = FloatVector.SPECIES_PREFERRED.vectorShape();
        yield switch (preferred.vectorBitSize()) {
          case 256 -> VectorShape.S_256_BIT;
          case 64, 128 -> VectorShape.S_128_BIT;
          default -> VectorShape.S_512_BIT;
        };
      }
      default ->
          throw new IllegalArgumentException(
              "gmr.simd.bits is \"" + bits + "\"; expected 128, 256 or 512");
    };
  }

  static {
    assert I.length() == L && IntVector.zero(I).length() == L;
  }
}
