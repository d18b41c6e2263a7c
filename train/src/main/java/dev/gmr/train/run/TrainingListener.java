package dev.gmr.train.run;

/**
 * Told by the trainer how a run goes on; all calls come from the thread that trains. Every method
 * does nothing unless overridden.
 */
public interface TrainingListener {
  /** A listener that ignores everything. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A run is planned; comes before its memory is allocated.
   *
   * @param needs what it needs of Java's heap, in all and for what, such as {@code 412 MiB (weights
   *     13, ...)}
   */
  default void memory(String needs) {}

  /**
   * Training begins or goes on.
   *
   * @param totalEpochs the most epochs
   * @param stepsPerEpoch steps an epoch
   * @param resumedAtStep steps already done, over all epochs; 0 for a new run
   */
  default void begin(int totalEpochs, int stepsPerEpoch, long resumedAtStep) {}

  /**
   * The run was trained to its end before; comes in place of {@link #begin}.
   *
   * @param epochs epochs trained
   * @param early whether it ended before its most epochs, for want of a better validation loss
   */
  default void nothingLeft(int epochs, boolean early) {}

  /**
   * A step is done.
   *
   * @param epoch the epoch, from 1
   * @param step the step within the epoch, from 1
   * @param stepsPerEpoch steps an epoch
   * @param runningLoss mean loss of the epoch so far
   * @param samplesPerSecond images taken per second in the epoch so far, noisy copies included
   */
  default void step(
      int epoch, int step, int stepsPerEpoch, double runningLoss, double samplesPerSecond) {}

  /**
   * Something other than training begins, such as validation or the measurement of robustness. It
   * lasts until the next call of this method, {@link #step}, {@link #epochDone} or {@link #end}.
   *
   * @param name what it is, in a word or two
   * @param total how many {@link #advance} units it has
   */
  default void phase(String name, long total) {}

  /**
   * The current phase got further.
   *
   * @param amount units done since the last call
   */
  default void advance(long amount) {}

  /**
   * An epoch is done, validated, and saved.
   *
   * @param metrics what it brought
   * @param best whether it is the best so far
   */
  default void epochDone(EpochMetrics metrics, boolean best) {}

  /** The run is over, in whatever way. */
  default void end() {}
}
