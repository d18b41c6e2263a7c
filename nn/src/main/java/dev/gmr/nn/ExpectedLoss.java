package dev.gmr.nn;

/** What the expected logits E f(x + noise) are held to. */
public enum ExpectedLoss {
  /** Their cross entropy to the true label, in nats. */
  CE,
  /**
   * The mean over classes of their squared difference from the clean logits f(x), which gets a
   * gradient too.
   */
  MSE,
  /**
   * Their cross entropy to the class that the clean logits predict, in nats; the choice of that
   * class has no gradient, and its label is never smoothed.
   */
  PSEUDO
}
