package dev.gmr.kernels;

/**
 * The largest errors that the facades promise, in ulp of the exact result, for floats and for
 * doubles. Tests hold them; {@link AccuracyTableTest} writes them beside what was measured.
 */
enum Contract {
  EXP("Elementary.exp", 1.02, 1.02),
  LOG("Elementary.log", 0.9, 0.9),
  PDF("Normal.pdf", 0.51, 1.1),
  CDF("Normal.cdf", 0.51, 2.8),
  SURVIVAL("Normal.survival", 0.51, 2.8),
  LOG_CDF("Normal.logCdf", 0.51, 4),
  INVERSE_CDF("Normal.inverseCdf", 0.51, 6),
  MILLS("Normal.mills", 0.51, 4),
  LOSS("Normal.loss", 0.51, 4),
  SQUARED_LOSS("Normal.squaredLoss", 0.7, 16),
  ERF("Erf.erf", 0.51, 1.5),
  ERFC("Erf.erfc", 0.51, 4),
  ERFCX("Erf.erfcx", 0.51, 4),
  RELU_MEAN("ReluMoments mean", 0.51, 4),
  RELU_MEAN_BY_MU("d mean / d mu", 0.51, 2.8),
  RELU_MEAN_BY_SIGMA("d mean / d sigma", 0.51, 1.2),
  RELU_VARIANCE("ReluMoments variance", 1, 16),
  RELU_VARIANCE_BY_MU("d variance / d mu", 0.55, 6),
  RELU_VARIANCE_BY_SIGMA("d variance / d sigma", 0.55, 6),
  RELU_SECOND_MOMENT("ReluMoments second moment", 1, 16),
  RELU_SECOND_MOMENT_BY_MU("d second moment / d mu", 0.51, 4),
  RELU_SECOND_MOMENT_BY_SIGMA("d second moment / d sigma", 0.51, 4);

  final String title;
  final double floatUlps;
  final double doubleUlps;

  Contract(String title, double floatUlps, double doubleUlps) {
    this.title = title;
    this.floatUlps = floatUlps;
    this.doubleUlps = doubleUlps;
  }
}
