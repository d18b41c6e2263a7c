package dev.gmr.kernels.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UlpErrorTest {
  @Test
  void keepsTheLargestErrorAndItsPlace() {
    UlpError error = new UlpError("f");
    error.add(1, DoubleDouble.ONE, 3);
    error.add(Math.nextUp(1.0), DoubleDouble.ONE, 4, 5);
    error.add(Math.nextDown(1.0), DoubleDouble.ONE, 6);
    assertThat(error.worst()).isEqualTo(1);
    assertThat(error.count()).isEqualTo(3);
    assertThat(error)
        .hasToString(
            "f: at most 1.0000 ulp of 3 at (4.0 = 0x1.0p2, 5.0 = 0x1.4p2): 1.0000000000000002, exact 1");
    error.assertAtMost(1);
    assertThatThrownBy(() -> error.assertAtMost(0.99)).isInstanceOf(AssertionError.class);
  }

  @Test
  void floatsAreMeasuredInTheirOwnUnits() {
    UlpError error = new UlpError("f");
    error.addFloat(Math.nextUp(1f), DoubleDouble.ONE, 3);
    assertThat(error.worst()).isEqualTo(1);
  }

  @Test
  void notANumberIsTheLargestError() {
    UlpError error = new UlpError("f");
    error.add(Double.NaN, DoubleDouble.ONE, 3);
    error.add(2, DoubleDouble.ONE, 4);
    assertThat(error.worst()).isInfinite();
    assertThat(error.toString()).contains("(3.0 = 0x1.8p1): NaN");
  }

  @Test
  void nothingComparedIsAFailure() {
    assertThatThrownBy(() -> new UlpError("f").assertAtMost(1)).isInstanceOf(AssertionError.class);
  }
}
