package dev.gmr.bench.peers;

import java.util.Map;

/**
 * The worst of the differences of two programs' tensors.
 *
 * @param tensor the name of the one that differs most
 * @param worst largest difference in it, as a part of the largest element of the second program's
 */
record Difference(String tensor, double worst) {
  /** Compares the tensors that the second program names; a NaN on either side is infinitely off. */
  static Difference of(Map<String, double[]> some, Map<String, double[]> others) {
    Difference most = new Difference("none", 0);
    for (String name : others.keySet()) {
      double worst = of(some.get(name), others.get(name));
      if (worst > most.worst) {
        most = new Difference(name, worst);
      }
    }
    return most;
  }

  /**
   * Compares where tensors have gone from a common start: the norm of the difference as a part of
   * the norm of the second program's way. Single elements whose gradients are as small as their
   * roundings say nothing here.
   */
  static Difference ofWay(
      Map<String, double[]> some, Map<String, double[]> others, Map<String, float[]> start) {
    Difference most = new Difference("none", 0);
    for (String name : others.keySet()) {
      double worst = ofWay(some.get(name), others.get(name), start.get(name));
      if (!(worst <= most.worst)) {
        most = new Difference(name, Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst);
      }
    }
    return most;
  }

  private static double ofWay(double[] x, double[] y, float[] start) {
    double difference = 0;
    double way = 0;
    for (int i = 0; i < y.length; i++) {
      difference += (x[i] - y[i]) * (x[i] - y[i]);
      way += (y[i] - start[i]) * (y[i] - start[i]);
    }
    return difference == 0 ? 0 : Math.sqrt(difference / way);
  }

  private static double of(double[] x, double[] y) {
    double difference = 0;
    for (int i = 0; i < y.length; i++) {
      double d = Math.abs(x[i] - y[i]);
      difference = Math.max(difference, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
    }
    return difference == 0 ? 0 : difference / largest(y);
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double v : x) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
