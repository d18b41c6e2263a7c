package dev.gmr.bench.peers;

/**
 * Where a run's random numbers come from. Noise is standard normal; the task names its strength.
 */
interface Randomness {
  /** Returns a network with initial values. */
  TorchNetwork network(Model model);

  /** Returns the order in which an epoch (from 1) takes its items. */
  int[] order(int items, int epoch);

  /** Draws the noise of an image in a fold (from 0) of an epoch (from 1). */
  void trainingNoise(int epoch, int fold, int image, float[] out);

  /** Draws a number in [0, 1] for the strength of a test image's noise at a point of the curve. */
  double testStrength(int point, int image);

  /** Draws the direction of that noise. */
  void testDirection(int point, int image, float[] out);
}
