package dev.gmr.data.fetch;

/** Is told how a download goes on. Called often, on the thread that called the fetcher. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (file, bytesSoFar, total) -> {};

  /**
   * Reports progress.
   *
   * @param file the name of the file
   * @param bytesSoFar its bytes on disk, those of an earlier, interrupted download included
   * @param totalOrMinus1 its size, or -1 if that is not known
   */
  void update(String file, long bytesSoFar, long totalOrMinus1);
}
