#!/usr/bin/env python3
"""Writes reference.csv: what OracleTest holds the oracle to.

    python3 reference.py > reference.csv        (mpmath 1.3.0, a few minutes)
    python3 reference.py gelu clipped           (some sections alone, for a look)

One line a point: function, exact double arguments (shortest digits that read back as the same
double), value to 40 digits. Textbook formulas, which cancel, are evaluated with enough digits that
this does not matter (DIGITS); none of the oracle's cancellation-free forms is used here.
"""

import random
import sys

from mpmath import erf, erfc, erfinv, exp, findroot, log, log1p, mp, mpf, nstr, pi, sqrt
from mpmath.calculus.quadrature import GaussLegendre

DIGITS = 200  # exp(-38^2) and its square leave more than 60 of them
SHOWN = 40
BEYOND = 1e15  # exp(-5e29) would not count in any sum here, and mpmath fails at 1e200
RULE_DEGREE = 5  # 48 nodes
TINY = 5e-324
MIN_NORMAL = 2.2250738585072014e-308
MAX = 1.7976931348623157e308

mp.dps = DIGITS

def emit(name, value, *arguments):
    print(",".join([name, *[repr(float(x)) for x in arguments], nstr(value, SHOWN)]))


def phi(x):
    if abs(x) > BEYOND:
        return mpf(0)
    return exp(-x * x / 2) / sqrt(2 * pi)


def survival(x):
    if abs(x) > BEYOND:
        return mpf(x < 0)
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
MIDDLE = [s * x for x in (0.1, 0.4999, 0.5, 0.7, 1.0, 1.5, 2.3, 3.0, 4.7, 5.5, 6.0, 8.3, 12.34) for s in (1, -1)]
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


def rule(f, a, b):
    """Gauss and Legendre's rule of 48 nodes."""
    middle, radius = (a + b) / 2, (b - a) / 2
    nodes = GaussLegendre(mp).get_nodes(-1, 1, RULE_DEGREE, mp.prec)
    return radius * sum(w * f(middle + radius * x) for x, w in nodes)


def adaptive(f, points, digits=50):
    """The integral of f >= 0 over the panels between points, to more than that many digits.

    A panel is halved until its halves agree with it to 25 digits: their own error is then that of a
    rule whose error falls by 2^96 with the halving.
    """
    first = [(rule(f, a, b), a, b) for a, b in zip(points, points[1:])]
    whole = sum(p[0] for p in first)
    while True:
        panels = list(first)
        total = mpf(0)
        while panels:
            coarse, a, b = panels.pop()
            m = (a + b) / 2
            halves = [rule(f, a, m), rule(f, m, b)]
            fine = sum(halves)
            if abs(fine - coarse) <= whole * mpf(10) ** (-digits / 2):
                total += fine
            else:
                panels += [(halves[0], a, m), (halves[1], m, b)]
        if total > whole / 4:
            return total
        whole = total  # a node had hit a narrow peak: again


def trapezoid(f, lo, hi, step):
    """The integral of an entire function that has vanished at both ends, checked by half the step."""
    count = int((hi - lo) / step) + 1
    step = (hi - lo) / count
    even = step * sum(f(lo + step * k) for k in range(count))
    odd = step * sum(f(lo + step * (k + mpf(1) / 2)) for k in range(count))
    assert abs(even - odd) <= abs(even) * mpf(10) ** -45, (nstr(even, 50), nstr(odd, 50))
    return (even + odd) / 2


def log_concave(f, lo, hi, seams=()):
    """The integral over [lo, hi] of a function with a concave logarithm: from its top outwards."""
    a, b = lo, hi
    for _ in range(400):  # ternary search
        x, y = a + (b - a) / 3, b - (b - a) / 3
        if f(x) < f(y):
            a = x
        else:
            b = y
        if abs(b - a) < mpf(10) ** -25:
            break
    top = (a + b) / 2
    peak = f(top)
    ends = [top]
    for side, limit in ((-1, lo), (1, hi)):
        # the first power of two past which less than 1e-60 of the peak is left
        step = mpf(2) ** -100
        while abs(top + side * step - top) < abs(limit - top) and f(top + side * step) > peak * mpf(10) ** -62:
            step *= 2
        end = top + side * min(step, abs(limit - top))
        reach = abs(end - top)
        for fraction in (1, 0.5, 0.25, 0.1, 0.03):
            ends.append(top + side * reach * mpf(fraction))
    inner = [x for x in seams if min(ends) < x < max(ends)]
    return adaptive(f, sorted(set(ends + inner)))


GELU_POINTS = [
    (0.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (-0.75, 0.1), (-0.7517915247, 1e-3), (0.3, 1e-8), (-3.0, 1e-5), (2.0, 0.5),
    (-5.0, 0.5), (-10.0, 1.0), (-30.0, 1.0), (-37.0, 0.3), (5.0, 1.0), (30.0, 1.5), (0.0, 2.0),
    (1.0, 2.000001), (-1.0, 2.000001), (-4.1, 2.01), (-3.9, 2.01), (-15.0, 3.0), (-8.9, 3.0), (-9.1, 3.0), (40.0, 3.0),
    (-60.0, 4.0), (-500.0, 20.0), (-300.0, 20.0), (0.0, 30.0), (10.0, 100.0), (-500.0, 100.0),
    (1234.5, 100.0), (-1.0, 1.9999), (3.0, 1e-3), (-2.0, 1.7), (-1e-20, 1e-10), (1e-3, 1e-4), (-100.0, 7.0),
]


def gelu():
    mp.dps = 75

    def activation(x):
        if abs(x) > 19:  # Q(19) is 9e-81
            return max(x, mpf(0)) if x > 0 else x * cdf(x) if x > -40 else mpf(0)
        return x * cdf(x)

    for mu, sigma in GELU_POINTS:
        m, s = mpf(mu), mpf(sigma)
        # x times Phi(x) times the density, or its square, has its peaks here
        centers = [m, m / (1 + s * s), m / (1 + 2 * s * s)]
        lo, hi = min(centers) - 19 * s, max(centers) + 19 * s
        step = mpf(0.27) / sqrt(1 + 1 / (2 * s * s))
        density = lambda x: exp(-(((x - m) / s) ** 2) / 2) / (s * sqrt(2 * pi))
        mean = trapezoid(lambda x: activation(x) * density(x), lo, hi, step)
        variance = trapezoid(lambda x: (activation(x) - mean) ** 2 * density(x), lo, hi, step)
        emit("geluMean", mean, mu, sigma)
        emit("geluVariance", variance, mu, sigma)
    mp.dps = DIGITS


CLIP_POINTS = [
    (0.0, 1.0, 0.0, 6.0), (1.0, 1.0, 0.0, 6.0), (-5.0, 1.0, 0.0, 6.0), (12.0, 1.0, 0.0, 6.0), (-30.0, 1.0, 0.0, 6.0),
    (36.0, 1.0, 0.0, 6.0), (3.0, 0.1, 0.0, 6.0), (3.0, 1e-3, 0.0, 6.0), (3.0, 1e10, 0.0, 6.0), (-1e9, 1e8, 0.0, 6.0),
    (0.1, 1.0, -1.0, 1.0), (1e-10, 1.0, -1.0, 1.0), (-1e-10, 1e10, -1.0, 1.0), (0.3, 1e10, -1.0, 1.0),
    (1e9, 1e10, -1.0, 1.0), (6e9, 1e10, -1.0, 1.0), (-0.7, 0.3, -1.0, 1.0), (0.9999, 1.5, -1.0, 1.0), (1.4, 1.01, -1.0, 1.0),
    (0.5, 0.99, -1.0, 1.0), (2.0, 0.7, -1.0, 1.0), (0.5, 2.0, -1.0, 3.0), (-0.5, 2.0, -3.0, 1.0), (0.3, 5.0, -1.0, 1.25),
    (1e-12, 1.0, -1e-10, 1e-10), (5.0, 1.0, 5.0, 5.1), (-5.0, 1.0, 5.0, 5.04), (-5.0, 1.0, 5.0, 5.06), (10.0, 1.0, -5.0, -4.0),
    (0.0, 1.0, 0.25, 0.75), (0.0, 1.0, 0.25, 0.76), (0.0, 1.0, -0.25, 0.3), (0.0, 1.0, -0.2, 0.25), (1e5, 1.0, 0.0, 1e5),
    (1e5, 3.0, 0.0, 2e5), (0.3, 1.0, -1e10, 1e10), (0.3, 1e-200, 0.0, 6.0), (0.0, 1e-200, 0.0, 6.0), (-1e-200, 1e-200, 0.0, 6.0),
    (2.0, 0.5, 2.0, 2.0), (-20.0, 1.0, -1.0, 1.0), (20.0, 1.0, -1.0, 1.0), (0.7, 0.3, 0.0, 1.0), (0.5, 0.1, 0.0, 1.0),
]


def clipped():
    mp.dps = 3 * DIGITS
    for point in CLIP_POINTS:
        m, s, lo, hi = map(mpf, point)
        a, b = (lo - m) / s, (hi - m) / s
        low, high = cdf(a), survival(b)
        inside = 1 - low - high
        mean = lo * low + hi * high + m * inside + s * (phi(a) - phi(b))
        second = lo**2 * low + hi**2 * high + (m * m + s * s) * inside
        second += 2 * m * s * (phi(a) - phi(b)) + s * s * (a * phi(a) - b * phi(b))
        emit("clippedMean", mean, *point)
        emit("clippedVariance", second - mean**2 if lo < hi else mpf(0), *point)
    mp.dps = DIGITS


def owens_t():
    mp.dps = 70
    for h, a in [
        (0.0, 1.0), (0.0, 0.3), (0.0, 1e10), (0.5, 0.5), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 2.0), (3.0, 0.1), (3.0, 10.0),
        (1e-10, 1e9), (1e-3, 5e2), (10.0, 0.7), (10.0, 1.5), (37.0, 0.01), (37.0, 1.0), (37.0, 100.0), (20.0, 0.3), (0.1, 1e-20),
        (5.0, 1e-300), (2.5, 0.9999999), (2.5, 1.0000001), (7.0, 0.57735), (0.01, 1.7), (100.0, 0.5), (1e-300, 3.0), (1.5, 1e300),
        (6.0, 0.05), (12.0, 1e-3), (0.25, 8.0),
    ]:
        x, slope = abs(mpf(h)), abs(mpf(a))
        reach = min(slope, mpf(16) / x) if x > 0 else slope  # exp(-16^2 / 2) is 3e-56
        ends = [reach]
        while ends[-1] > min(reach / 8, mpf(1) / 4):
            ends.append(ends[-1] / 4)
        ends = [mpf(0)] + ends[::-1]
        t = adaptive(lambda y: exp(-x * x * (1 + y * y) / 2) / (1 + y * y), ends) / (2 * pi)
        emit("owensT", -t if a < 0 else t, h, a)
    mp.dps = DIGITS


PAIR_POINTS = [
    # a, b, rho
    (0.0, 0.0, 0.0), (0.0, 0.0, 0.5), (0.0, 0.0, -0.5), (0.5, -0.3, 0.7), (0.5, -0.3, -0.7), (1.0, 2.0, 0.99), (1.0, 2.0, -0.99),
    (1.0, 1.0, 0.999999), (1.0, 1.0000001, 0.9999999999), (1.0, -1.0, -0.999999), (1.0, -0.9999999, -0.9999999999),
    (-1.0, 0.5, 1.0), (-1.0, 1.5, -1.0), (-1.0, 0.5, -1.0), (2.0, 2.0, 1.0), (2.0, -2.0, -1.0), (-5.0, -5.0, 0.5),
    (-5.0, -5.0, -0.5), (-20.0, -20.0, 0.3), (-20.0, -20.0, -0.3), (-20.0, 1.0, -0.99), (-20.0, 1.0, 0.99), (-30.0, 5.0, 0.1),
    (-25.0, -10.0, 0.9), (-8.0, -3.0, -0.9), (4.0, 4.0, 0.6), (4.0, 4.0, -0.6), (8.0, -8.0, 0.2), (3.0, -2.0, 1e-8),
    (3.0, -2.0, -1e-8), (-2.0, -2.5, 1e-20), (0.1, 0.1, 0.9), (0.1, -0.1, -0.9), (-6.0, -6.0, 0.9999), (0.7, 0.7, 1.0),
    (-37.0, 2.0, 0.25), (-3.0, -3.0, -0.999), (-0.5, 0.4999, -0.9999999999999), (12.0, 15.0, -0.8), (1.3, -2.4, 0.37),
    (1.0, 1.0000000000001, 1.0), (1.0, 1.0000000000001, 0.9999999999999999), (-0.5, 0.5000000000001, -0.9999999999999999),
    (-0.5, 0.5000000000001, -1.0), (1e-9, 3e-9, 1.0), (-1e-9, 3e-5, -1.0), (-4.0, -4.000000001, 0.99999999999),
]


def bivariate_cdf(a, b, rho):
    if rho == 1:
        return cdf(min(a, b))
    if rho == -1:
        return max(cdf(a) - survival(b), mpf(0))
    c = sqrt((1 - rho) * (1 + rho))
    f = lambda x: phi(x) * cdf((b - rho * x) / c)
    return log_concave(f, mpf(-60), a, step_at(b, rho, c))


def step_at(b, rho, c):
    """Around b / rho functions of (b - rho x) / c turn within c, too little to be met by chance."""
    if abs(rho) < 0.5:
        return ()
    return [b / rho + k * c / abs(rho) for k in (-40, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 40)]


def relu_product(a, b, rho):
    """E[(X + a)+ (Y + b)+] of standard X and Y."""
    c = sqrt((1 - rho) * (1 + rho))
    if c == 0:
        lo, hi = (max(-a, -b), mpf(60)) if rho == 1 else (-a, b)
        return log_concave(lambda x: (x + a) * (rho * x + b) * phi(x), lo, hi) if lo < hi else mpf(0)
    f = lambda x: (x + a) * phi(x) * c * loss(-(b + rho * x) / c)
    return log_concave(f, -a, mpf(60), step_at(-b, rho, c))


def bivariate():
    mp.dps = 100
    for point in PAIR_POINTS:
        a, b, rho = map(mpf, point)
        emit("bivariateCdf", bivariate_cdf(a, b, rho), *point)
    mp.dps = DIGITS


def covariance():
    mp.dps = 100
    rng = random.Random(20251125)
    for a, b, rho in PAIR_POINTS:
        s1, s2 = rng.choice([(1.0, 1.0), (0.5, 2.0), (0.3, 1.7), (1e-100, 1e-30), (3.0, 0.1)])
        point = (a * s1, s1, b * s2, s2, rho)
        m1, v1, m2, v2, r = map(mpf, point)
        x, y = m1 / v1, m2 / v2
        value = relu_product(x, y, r) - loss(-x) * loss(-y) if r != 0 else mpf(0)
        emit("reluCovariance", v1 * v2 * value, *point)
    mp.dps = DIGITS


def maximum():
    for point in [
        (0.0, 1.0, 0.0, 1.0, 0.0), (0.0, 1.0, 0.0, 1.0, -1.0), (0.0, 1.0, 0.0, 1.0, 1.0), (1.0, 1.0, -1.0, 1.0, 0.5),
        (-1.0, 1.0, 1.0, 1.0, 0.5), (0.0, 1.0, -5.0, 2.0, -0.7), (-3.0, 0.1, 2.0, 0.3, 0.9), (2.0, 0.3, -3.0, 0.1, 0.9),
        (1.0, 1.0, 1.0, 1.0000001, 1.0), (1.0, 1.0, 1.0, 1.0, 0.9999999999999), (0.1, 1.0, 0.1000001, 1.0, 0.99999999),
        (-20.0, 1.0, 0.0, 0.0, 0.0), (0.0, 0.0, -20.0, 1.0, 0.0), (20.0, 1.0, 0.0, 0.0, 0.0), (5.0, 1e-8, 5.0, 1.0, 0.3),
        (1e200, 1e199, 1e200, 2e199, -0.2), (1e-200, 1e-200, -1e-200, 1e-200, 0.1), (-7.0, 1.5, -6.5, 0.7, -0.99),
        (3.0, 2.0, 4.0, 2.0, 0.6), (0.0, 1.0, 30.0, 1.0, -0.5), (-30.0, 2.0, 0.0, 1e-3, 0.0), (0.0, 3.0, 1.0, 1e-9, -1.0),
        (2.0, 0.0, 2.0, 0.0, 0.0),
    ]:
        m1, s1, m2, s2, rho = map(mpf, point)
        v1, v2 = s1**2, s2**2
        theta = sqrt(v1 + v2 - 2 * rho * s1 * s2)
        mp.dps = 3 * DIGITS
        if theta == 0:
            mean, variance = max(m1, m2), v1
        else:
            alpha = (m1 - m2) / theta
            p, q, d = cdf(alpha), survival(alpha), phi(alpha)
            mean = m1 * p + m2 * q + theta * d
            variance = (m1**2 + v1) * p + (m2**2 + v2) * q + (m1 + m2) * theta * d - mean**2
        emit("maxMean", mean, *point)
        emit("maxVariance", variance, *point)
        mp.dps = DIGITS


if __name__ == "__main__":
    sections = [one_argument, inverse_cdf, relu, gelu, clipped, owens_t, maximum, bivariate, covariance]
    for section in sections:
        if len(sys.argv) == 1 or section.__name__ in sys.argv[1:]:
            section()
