package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.nn.ReferenceNetwork.Loss;
import java.util.Random;

/** Largest differences between gradients and derivatives of the reference. */
final class GradientErrors {
  private double worst;
  private double worstDirection;
  int checked;

  /** Compares the gradient of a case; of each tensor {@code sample} elements. */
  void add(ReferenceCase c, int sample, Loss kind) {
    Objective objective = c.objective(kind);
    objective.step(c.batch, c.images, c.labels);
    Random random = new Random(11);
    for (Parameter p : c.network.parameters().list()) {
      float[] gradient = p.read(c.network.parameters().gradients());
      double[] x = c.values.get(p.name());
      double largest = 0;
      for (float g : gradient) {
        largest = Math.max(largest, Math.abs(g));
      }
      for (int s = 0; s < sample; s++) {
        int i = random.nextInt(x.length);
        double[] direction = new double[x.length];
        direction[i] = 1;
        double d = derivative(c, kind, x, direction);
        if (!Double.isNaN(d)) {
          checked++;
          worst = Math.max(worst, Math.abs(gradient[i] - d) / largest);
        }
      }
      double[] direction = random.doubles(x.length, -1, 1).toArray();
      double slope = 0;
      for (int i = 0; i < x.length; i++) {
        slope += gradient[i] * direction[i];
      }
      double d = derivative(c, kind, x, direction);
      if (!Double.isNaN(d)) {
        checked++;
        worstDirection =
            Math.max(worstDirection, Math.abs(slope - d) / (largest * Math.sqrt(x.length / 3.0)));
      }
    }
  }

  void check() {
    // 2^-24 a float operation, a few hundred of them in a row
    assertThat(worst).isLessThan(1e-5);
    assertThat(worstDirection).isLessThan(1e-5);
  }

  @Override
  public String toString() {
    return "worst error %.2e of the tensor's largest element, %.2e along random directions, %d derivatives"
        .formatted(worst, worstDirection, checked);
  }

  private static double derivative(ReferenceCase c, Loss kind, double[] x, double[] direction) {
    double wide = slope(c, kind, x, direction, 2e-5);
    double narrow = slope(c, kind, x, direction, 1e-5);
    double d = (4 * narrow - wide) / 3;
    return Math.abs(wide - narrow) <= 1e-6 * Math.abs(d) + 1e-9 ? d : Double.NaN;
  }

  private static double slope(
      ReferenceCase c, Loss kind, double[] x, double[] direction, double h) {
    double[] saved = x.clone();
    double up = shifted(c, kind, x, saved, direction, h);
    double down = shifted(c, kind, x, saved, direction, -h);
    System.arraycopy(saved, 0, x, 0, x.length);
    return (up - down) / (2 * h);
  }

  private static double shifted(
      ReferenceCase c, Loss kind, double[] x, double[] at, double[] direction, double h) {
    for (int i = 0; i < x.length; i++) {
      x[i] = at[i] + h * direction[i];
    }
    return c.referenceLoss(kind);
  }
}
