package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.TrainingConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivergenceTest {
  /** An asterisk: before the first update. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # sigma | expectation | augmentation | optimizer | rate | decay | momentum | options
          0       | 0           | 0            | ADAM      | 1e-4 | 0     | 0        | --lr
          0       | 0           | 0            | ADAM      | 0.02 | 0     | 0        | --lr (0.01)
          0       | 0           | 0            | SGD       | 0.02 | 5e-4  | 0.9      | --lr
          20      | 20          | 0            | SGD       | 0.1  | 0.1   | 0.99     | --lr
          1e3     | 1           | 0            | SGD       | 0.01 | 5e-4  | 0.9      | --sigma (20)
          1e3     | 0           | 1            | SGD       | 0.01 | 5e-4  | 0.9      | --sigma (20)
          1       | 21          | 0            | ADAM      | 1e-4 | 0     | 0        | --expectation (20)
          1e3     | 1e3         | 0            | SGD       | 1    | 1     | 0.999    | *--sigma (20) and --expectation (20)
          0       | 0           | 0            | SGD       | 0.01 | 1e3   | 0.9      | --weight-decay (0.1)
          0       | 0           | 0            | SGD       | 0.01 | 0     | 0.9999   | --momentum (0.99)
          30      | 1           | 0            | SGD       | 1    | 0     | 0        | --sigma (20) and --lr (0.1)
          """)
  void namesWhatIsAboveTheUsual(
      double sigma,
      double expectation,
      int augmentation,
      OptimizerKind kind,
      double rate,
      double decay,
      double momentum,
      String options) {
    TrainingConfig config =
        TestRuns.small()
            .withNoise(new NoiseOptions(sigma, expectation, 1, augmentation, NoiseMode.FRESH))
            .withOptimizer(new OptimizerOptions(kind, rate, momentum, decay, 10));

    String expected = options.replace("*", "").replace("(", "(usually at most ");
    assertThat(Divergence.remedy(config, rate, !options.startsWith("*")))
        .isEqualTo("a smaller " + expected);
  }
}
