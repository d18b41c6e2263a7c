package dev.gmr.train.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a training that the process was asked to stop, and keeps the process alive until the
 * training has saved.
 *
 * <p>On SIGINT and SIGTERM the JVM runs its shutdown hooks and then ends with exit code 130 or 143
 * by itself. The hook installed here raises the flag that the training polls after each step, and
 * returns once {@link #release} or {@link #close} says that everything is saved.
 */
public final class StopSignal implements AutoCloseable {
  /** A step takes seconds at most; a training that hangs must not keep the machine from halting. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Runnable onRequest;
  private volatile boolean requested;
  private volatile boolean closed;

  private StopSignal(Runnable onRequest) {
    this.onRequest = onRequest;
  }

  /**
   * Returns a signal that only {@link #request} raises.
   *
   * @return the signal
   */
  public static StopSignal manual() {
    return new StopSignal(() -> {});
  }

  /**
   * Returns a signal that SIGINT and SIGTERM raise.
   *
   * @param onRequest told, on another thread, when a signal comes before {@link #close}
   * @return the signal
   */
  public static StopSignal install(Runnable onRequest) {
    StopSignal signal = new StopSignal(onRequest);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::shutDown, "gmr-stop"));
    return signal;
  }

  private void shutDown() {
    if (closed) {
      return; // the process ends by itself
    }
    request();
    onRequest.run();
    try {
      if (!saved.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("gmr: the running step does not end; stopping without saving it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Raises the flag. */
  public void request() {
    requested = true;
  }

  /**
   * Returns whether the training is to stop after the step it is in.
   *
   * @return true once a signal came
   */
  public boolean requested() {
    return requested;
  }

  /** Says that nothing is left to be saved: a signal from now on ends the process at once. */
  public void release() {
    saved.countDown();
  }

  /** Says that the work is over, so that the end of the process is no longer an interruption. */
  @Override
  public void close() {
    closed = true;
    release();
  }
}
