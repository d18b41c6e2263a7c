#!/usr/bin/env python3
"""Writes reference.csv: what OracleTest holds the oracle to.

    python3 reference.py > reference.csv        (mpmath 1.3.0, a few minutes)

One line a point: function, exact double arguments (shortest digits that read back as the same
double), value to 40 digits. Textbook formulas, which cancel, are evaluated with enough digits that
this does not matter (DIGITS); none of the oracle's cancellation-free forms is used here.
"""

import random
import sys

from mpmath import erf, erfc, erfinv, exp, findroot, inf, log, log1p, mp, mpf, nstr, pi, quad, sqrt

DIGITS = 200  # exp(-38^2) and its square leave more than 60 of them
SHOWN = 40
TINY = 5e-324
MIN_NORMAL = 2.2250738585072014e-308
MAX = 1.7976931348623157e308

mp.dps = DIGITS
rng = random.Random(20251125)


def emit(name, value, *arguments):
    print(",".join([name, *[repr(float(x)) for x in arguments], nstr(value, SHOWN)]))


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def survival(x):
    return erfc(x / sqrt(mpf(2))) / 2


def cdf(x):
    return survival(-x)


def loss(t):
    return phi(t) - t * survival(t)


def squared_loss(t):
    return (1 + t * t) * survival(t) - t * phi(t)


def around(*xs):
    """The points and their neighbours, both signs."""
    for x in xs:
        for near in (x, x * (1 - 2**-53), x * (1 + 2**-52)):
            yield near
            yield -near


# The oracle's own seams: Taylor points every 1/8, halfway between them, and the fraction from 16 on.
SEAMS = list(around(0.0625, 0.1875, 3.0625, 7.9375, 15.9375, 16.0, 32.0))
MIDDLE = [s * x for x in (0.1, 0.5, 0.7, 1.0, 1.5, 2.3, 3.0, 4.7, 5.5, 6.0, 8.3, 12.34) for s in (1, -1)]
TINIES = [0.0, TINY, -TINY, MIN_NORMAL, 1e-200, -1e-20, 1e-10, -1e-8, 1e-5]
TAILS = [s * x for x in (20.5, 26.6, 27.2, 30.0, 37.0, 37.5, 38.0, 38.4, 38.5, 38.6, 40.0, 100.0) for s in (1, -1)]
NORMAL = SEAMS + MIDDLE + TINIES + TAILS


def one_argument():
    for x in NORMAL:
        m = mpf(x)
        emit("pdf", phi(m), x)
        emit("cdf", cdf(m), x)
        emit("survival", survival(m), x)
        emit("mills", survival(m) / phi(m), x)
        emit("loss", loss(m), x)
        emit("squaredLoss", squared_loss(m), x)
        emit("logCdf", log1p(-survival(m)) if x > 0 else log(cdf(m)), x)
        emit("erf", erf(m) if abs(x) < 1 else (1 - erfc(m) if x > 0 else erfc(-m) - 1), x)
        emit("erfc", erfc(m), x)
        emit("erfcx", exp(m * m) * erfc(m), x)
    for x in (1e3, 1e4):
        for s in (1, -1):
            m = mpf(s * x)
            emit("logCdf", log1p(-survival(m)) if s > 0 else log(cdf(m)), s * x)
            emit("mills", survival(m) / phi(m), s * x)
            emit("loss", loss(m), s * x)
            emit("squaredLoss", squared_loss(m), s * x)
            emit("erfcx", exp(m * m) * erfc(m), s * x)
    for x in (1e8, 1e16, 1e50, 1e100, 1e150, 1e154, 1.4e154):
        # Three terms of the asymptotic series of Mills' ratio and the size of the fourth.
        m = mpf(x)
        y = 1 / (m * m)
        ratio = (1 - y + 3 * y**2 - 15 * y**3) / m
        assert 105 * y**4 < mpf(10) ** -45
        emit("logCdf", -m * m / 2 - log(sqrt(2 * pi)) + log(ratio), -x)
        emit("mills", ratio, x)
        emit("erfcx", (1 - y / 2 + 3 * y**2 / 4 - 15 * y**3 / 8) / (m * sqrt(pi)), x)
    for x in (
        *around(0.3465735902799726, 0.34657359027997264, 1e-3, 1.0, 10.0, 100.0, 700.0, 709.0),
        *TINIES, 709.782712893384, 709.7827128933841, 710.0, -708.4, -744.4, -745.1, -745.2, -1000.0,
        1e5, -1e5, 88.7, -103.3,
    ):
        emit("exp", exp(mpf(x)), x)
    for x in (
        TINY, 3 * TINY, MIN_NORMAL, MAX, 1e-200, 1e200, 1.0, 2.0, 0.5, 10.0, 0.1, 1.4142135623730951,
        1.414213562373095, 0.7071067811865476, 0.7071067811865475, 1 + 2**-52, 1 - 2**-53, 1.0625,
        1.0624, 0.9375, 0.9376, 1.000001, 0.999999, 1.3, 0.8, 3.14, 1e5, 1024.0, 1023.0,
    ):
        emit("log", log(mpf(x)), x)


def inverse_cdf():
    points = [
        TINY, 2 * TINY, 1e-320, MIN_NORMAL, 1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-10, 1e-5, 1e-3,
        0.01, 0.02425, 0.1, 0.2, 0.25, 0.25000000000000006, 0.3, 0.4, 0.49, 0.4999, 0.5 - 2**-30,
        0.5 - 2**-54, 0.5 - 2**-53, 0.5, 0.5 + 2**-53, 0.5 + 2**-30, 0.51, 0.6, 0.75, 0.9, 0.99, 0.999,
        1 - 1e-10, 1 - 2**-52, 1 - 2**-53,
    ]
    for p in points:
        m = mpf(p)
        if 0.1 < p < 0.9:
            x = sqrt(mpf(2)) * erfinv(2 * m - 1)
        else:
            q = min(m, 1 - m)
            start = sqrt(-2 * log(q)) - 0.4
            mp.dps = 60 + DIGITS // 4
            t = findroot(lambda t: log(survival(t)) - log(q), start)
            mp.dps = DIGITS
            x = -t if p < 0.5 else t
        emit("inverseCdf", x, p)


RELU_POINTS = [
    (m, s)
    for m, s in [
        (0.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (0.3, 0.7), (-0.3, 0.7), (5.0, 1.0), (-5.0, 1.0),
        (-16.0, 1.0), (-15.99, 1.0), (16.0, 1.0), (-30.0, 1.0), (-37.9, 1.0), (-38.5, 1.0), (-39.0, 1.0), (38.5, 1.0),
        (-1e308, 1e307), (1e308, 1e307), (-MAX, 4e306), (1e-300, 1e-301), (-1e-300, 1e-301),
        (-TINY, TINY), (TINY, TINY), (1.0, 1e-3), (1.0, 0.03), (-1.0, 0.03), (1e-20, 1.0), (-1e-20, 1.0),
        (1.0, 1e20), (-1.0, 1e20), (0.1, 1 / 3), (-0.1, 1 / 3), (2.5, 0.4), (-2.5, 0.4), (-7.3, 0.25),
        (7.3, 0.25), (-3.0, 0.37), (-1234.5, 99.9), (1234.5, 99.9), (-1e-3, 0.5), (3.0, 1e-2),
    ]
]


def relu():
    for mu, sigma in RELU_POINTS:
        m, s = mpf(mu), mpf(sigma)
        z = m / s
        mean = m * cdf(z) + s * phi(z)
        second = (m * m + s * s) * cdf(z) + m * s * phi(z)
        by_variance = cdf(z) - mean / s * phi(z)
        emit("reluMean", mean, mu, sigma)
        emit("reluSecondMoment", second, mu, sigma)
        mp.dps = 2 * DIGITS
        mean = m * cdf(z) + s * phi(z)
        second = (m * m + s * s) * cdf(z) + m * s * phi(z)
        emit("reluVariance", second - mean**2, mu, sigma)
        mp.dps = DIGITS
        emit("reluMeanByMu", cdf(z), mu, sigma)
        emit("reluMeanBySigma", phi(z), mu, sigma)
        emit("reluVarianceByMu", 2 * mean * survival(z), mu, sigma)
        emit("reluVarianceByVariance", by_variance, mu, sigma)
        emit("reluVarianceBySigma", 2 * s * by_variance, mu, sigma)


if __name__ == "__main__":
    one_argument()
    inverse_cdf()
    relu()
