package dev.gmr.kernels.spi;

/** A function of one number, for floats and doubles. */
public enum Function {
  /** e^x. */
  EXP,
  /** ln x. */
  LOG,
  /** The standard normal density phi(x). */
  PDF,
  /** The standard normal distribution function Phi(x). */
  CDF,
  /** Q(x) = 1 - Phi(x). */
  SURVIVAL,
  /** ln Phi(x). */
  LOG_CDF,
  /** The z at which Phi(z) = x. */
  INVERSE_CDF,
  /** Mills' ratio Q(x) / phi(x). */
  MILLS,
  /** The normal loss function h(x) = E (Z - x)+. */
  LOSS,
  /** g(x) = E ((Z - x)+)^2. */
  SQUARED_LOSS,
  /** The error function. */
  ERF,
  /** 1 - erf(x). */
  ERFC,
  /** exp(x^2) erfc(x). */
  ERFCX
}
