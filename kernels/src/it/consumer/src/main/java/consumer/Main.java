package consumer;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.ReluMoments;
import java.util.Arrays;

/** The program of the README. */
public final class Main {
  private Main() {}

  /**
   * Prints the backend and three means.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    float[] mu = {-1f, 0f, 2f};
    float[] sigma = {0.5f, 1f, 1f};
    float[] mean = new float[3];
    ReluMoments.meanInto(mu, 0, sigma, 0, mean, 0, 3); // E max(X, 0), X ~ N(mu, sigma^2)
    System.out.println(Backend.kernels().name() + " " + Arrays.toString(mean));
  }
}
