package dev.gmr.train;

import dev.gmr.data.ImageSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Brings the images of the next step from disk into memory while this step computes: a thread of
 * its own touches their pages, and waits in the workers' place. It changes no value. For pixels on
 * the heap there is nothing to do, and no thread.
 */
final class ReadAhead {
  private static final int IDLE_SECONDS = 5;

  private final ImageSet set;

  /** One batch at a time; where the disk is slower than the steps, the oldest wish is dropped. */
  private final ThreadPoolExecutor reader;

  ReadAhead(ImageSet set) {
    this.set = set;
    if (set.mappedBytes() == 0) {
      reader = null;
      return;
    }
    reader =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform()
                .daemon()
                .name("gmr-read-ahead")
                .uncaughtExceptionHandler((thread, e) -> {}) // of late faults, see below
                .factory(),
            new ThreadPoolExecutor.DiscardOldestPolicy());
    reader.allowCoreThreadTimeOut(true); // so that it need not be closed
  }

  /**
   * Asks for a batch.
   *
   * @param images image numbers; not written to any more
   * @param order items, of which item k is image {@code images[k / copies]}; not written to
   * @param copies items an image
   * @param from first position of {@code order}; past its end, nothing is asked for
   * @param count how many; fewer are read at the end
   */
  void batch(int[] images, int[] order, int copies, int from, int count) {
    if (reader != null && from < order.length) {
      int to = Math.min(order.length, from + count);
      reader.execute(() -> touch(images, order, copies, from, to));
    }
  }

  private void touch(int[] images, int[] order, int copies, int from, int to) {
    try {
      for (int i = from; i < to; i++) {
        set.touch(images[order[i] / copies]);
      }
    } catch (InternalError e) {
      // A file was cut short: the step that needs the image reports it.
    }
  }
}
