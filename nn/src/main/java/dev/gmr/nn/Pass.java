package dev.gmr.nn;

/** What all blocks know of the pass that is under way. */
final class Pass {
  /** Where the first image lies among those of the batch. */
  int from;

  /** Number of images; clean rows come first, the expected ones behind them. */
  int samples;

  /** Whether batch norm takes the statistics of the batch, and moves the running ones. */
  boolean training;

  /** Whether gradients are added to those of the batch's images before, instead of overwriting. */
  boolean accumulate;
}
