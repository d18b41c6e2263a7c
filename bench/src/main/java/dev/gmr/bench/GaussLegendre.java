package dev.gmr.bench;

import java.util.function.DoubleUnaryOperator;

/** Gauss-Legendre quadrature; the nodes are the Legendre polynomial's zeros, found by Newton. */
final class GaussLegendre {
  private final double[] nodes;
  private final double[] weights;

  /** Computes n nodes and weights for [-1, 1]. */
  GaussLegendre(int n) {
    nodes = new double[n];
    weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 1;
      // from this start five steps are enough; the last ones change nothing
      for (int step = 0; step < 8; step++) {
        double before = 1;
        double p = x;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * x * p - (k - 1) * before) / k;
          before = p;
          p = next;
        }
        slope = n * (before - x * p) / (1 - x * x);
        x -= p / slope;
      }
      nodes[i] = x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  int size() {
    return nodes.length;
  }

  double node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }

  double integrate(DoubleUnaryOperator f, double from, double to) {
    double half = (to - from) / 2;
    double middle = (to + from) / 2;
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * f.applyAsDouble(middle + half * nodes[i]);
    }
    return half * sum;
  }
}
