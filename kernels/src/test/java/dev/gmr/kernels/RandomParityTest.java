package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.RandomKernels;
import org.junit.jupiter.api.Test;

class RandomParityTest {
  private static final int KEY_0 = 0x12345678;
  private static final int KEY_1 = 0x9abcdef0;
  private static final int OFF = 3;

  private final RandomKernels simd = Parity.simd().random();
  private final RandomKernels scalar = Parity.scalar().random();

  @Test
  void everySize() {
    for (int n : Parity.SIZES) {
      for (int stream : new int[] {0, 1, -1}) {
        compare(stream, n);
      }
    }
    compare(5, 1 << 17);
  }

  private void compare(int stream, int n) {
    int[] bits = new int[n + 2 * OFF];
    int[] bitsByScalar = new int[n + 2 * OFF];
    simd.bits(KEY_0, KEY_1, stream, bits, OFF, n);
    scalar.bits(KEY_0, KEY_1, stream, bitsByScalar, OFF, n);
    assertThat(bits).isEqualTo(bitsByScalar);

    float[] floats = new float[n + 2 * OFF];
    float[] floatsByScalar = new float[n + 2 * OFF];
    simd.uniform(KEY_0, KEY_1, stream, floats, OFF, n);
    scalar.uniform(KEY_0, KEY_1, stream, floatsByScalar, OFF, n);
    Parity.assertSameBits("uniform " + n, floats, floatsByScalar);
    simd.normal(KEY_0, KEY_1, stream, floats, OFF, n);
    scalar.normal(KEY_0, KEY_1, stream, floatsByScalar, OFF, n);
    Parity.assertSameBits("normal " + n, floats, floatsByScalar);
  }
}
