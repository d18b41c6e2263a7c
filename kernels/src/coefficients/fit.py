#!/usr/bin/env python3
"""Fits the polynomials of the kernels and prints them as Java constants.

    python3 fit.py            all of them; needs mpmath (1.3), takes some minutes
    python3 fit.py mills      those whose name contains the word

Each polynomial is a weighted least-squares fit at Chebyshev points in 60 digits, close to minimax in
the relative error of the function that it serves. Coefficients are rounded to double one after the
other from the lowest, refitting those that remain, so that a later one absorbs an earlier one's
rounding; the first two of the long ones are pairs of doubles. The comment printed before each is the largest relative error, measured on other points.
"""
import sys

from mpmath import (asin, atanh, cos, erf, erfc, exp, log, matrix, mp, mpf, pi, qr_solve, sqrt)

mp.dps = 60
ROOT_2PI = sqrt(2 * pi)


def mills(t):
    """Mills' ratio Q(t) / phi(t) by the continued fraction where erfc would lose digits."""
    if t < 15:
        return sqrt(pi / 2) * exp(t * t / 2) * erfc(t / sqrt(mpf(2)))
    r = mpf(0)
    for n in range(400, 0, -1):
        r = n / (t + r)
    return 1 / (t + r)


def loss_ratio(t):
    """h(t) / phi(t) = 1 - t R(t)."""
    with mp.workdps(100):
        return 1 - t * mills(t)


def squared_loss_ratio(t):
    """g(t) / phi(t) = (1 + t^2) R(t) - t."""
    with mp.workdps(120):
        return (1 + t * t) * mills(t) - t


def tail(function, power, k, limit):
    """A function of t >= 0 times (t + k)^power, as a function of q = 1 - 2k / (t + k)."""
    def of_q(q):
        if q == 1:
            return limit
        t = k * (1 + q) / (1 - q)
        return function(t) * (t + k) ** power
    return of_q


def points(low, high, count):
    return [(high + low) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count))
            for i in range(count)]


def fit(of, low, high, degree, scale, pairs):
    """Coefficients c with sum c_i x^i close to of(x); scale(x) is what an error of 1 is worth.

    The first so many are pairs of doubles, whose sum is the coefficient.
    """
    xs = points(mpf(low), mpf(high), 3 * degree + 6)
    left = [of(x) for x in xs]
    weights = [scale(x) for x in xs]
    rounded = []
    for first in range(degree + 1):
        a = matrix(len(xs), degree + 1 - first)
        b = matrix(len(xs), 1)
        for i, x in enumerate(xs):
            b[i] = left[i] * weights[i]
            for j in range(first, degree + 1):
                a[i, j - first] = weights[i] * x ** j
        exact = qr_solve(a, b)[0][0]
        c = [float(exact)]
        if first < pairs:
            c.append(float(exact - mpf(c[0])))
        rounded.append(c)
        left = [y - sum(mpf(part) for part in c) * x ** first for x, y in zip(xs, left)]
    return rounded


def hexadecimal(c):
    """A double as the shortest Java hexadecimal literal."""
    mantissa, exponent = float(c).hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return "%sp%d" % (mantissa, int(exponent))


def show(name, letter, of, low, high, degree, scale, pairs=0):
    if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
        return
    c = fit(of, low, high, degree, scale, pairs)
    worst = mpf(0)
    for x in points(mpf(low), mpf(high), 499):
        value = sum(mpf(part) * x ** i for i in range(degree + 1) for part in c[i])
        worst = max(worst, abs((value - of(x)) * scale(x)))
    print("// %s: relative error of the fit 2^%.1f" % (name, float(log(worst) / log(2))))
    for i, parts in enumerate(c):
        for part, suffix in zip(parts, ("", "_LOW")):
            print("static final double %s%d%s = %s;" % (letter, i, suffix, hexadecimal(part)))
    print(flush=True)


LN2_2 = log(mpf(2)) / 2 * (1 + mpf(2) ** -20)
K = mpf(5)

# exp(r) = 1 + r + r^2 E(r)
show("exp, double", "E", lambda r: (exp(r) - 1 - r) / r ** 2, -LN2_2, LN2_2, 9,
     lambda r: r ** 2 / exp(r))
# exp(r) / sqrt(2 pi)
show("density, for floats", "D", lambda r: exp(r) / ROOT_2PI, -LN2_2, LN2_2, 7,
     lambda r: ROOT_2PI / exp(r))
# ln((1 + s) / (1 - s)) = 2 s + s z L(z), z = s^2
S_MAX = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)
show("log, double", "L", lambda z: 2 * (atanh(sqrt(z)) / sqrt(z) - 1) / z, mpf(10) ** -9,
     S_MAX ** 2 * (1 + mpf(2) ** -20), 7,
     lambda z: z * sqrt(z) / (2 * atanh(sqrt(z))))
# erf(x) = x A(x^2) for |x| <= 1
show("erf, double", "A", lambda y: erf(sqrt(y)) / sqrt(y), mpf(10) ** -9, mpf(1), 13,
     lambda y: sqrt(y) / erf(sqrt(y)))
# asin(x) = x + x y B(y), y = x^2, for |x| <= 1/2
show("asin, double", "B", lambda y: (asin(sqrt(y)) / sqrt(y) - 1) / y, mpf(10) ** -9, mpf("0.25"), 11,
     lambda y: y * sqrt(y) / asin(sqrt(y)))
# the tails, K = 5: R = w M(q), 1 - t R = w^2 G(q), (1 + t^2) R - t = w^3 H(q), w = 1 / (t + K)
for name, letter, power, limit, function, degree, short in (
        ("mills", "M", 1, mpf(1), mills, 24, 15),
        ("loss", "G", 2, mpf(1), loss_ratio, 26, None),
        ("squared loss", "H", 3, mpf(2), squared_loss_ratio, 27, None)):
    of = tail(function, power, K, limit)
    show(name + ", double", letter, of, mpf(-1), mpf(1), degree, lambda q: 1 / of(q), 2)
    if short:
        show(name + ", for floats", letter, of, mpf(-1), 1 - 2 * K / (24 + K), short,
             lambda q: 1 / of(q))
