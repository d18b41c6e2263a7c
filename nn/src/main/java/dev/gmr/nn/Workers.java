package dev.gmr.nn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that runs the tasks of one region at a time; the caller is one of them.
 *
 * <p>Each member begins with a run of a region's tasks that is its own in every region. The samples
 * or columns that it had before are in its core's caches, from which another core reads them at a
 * third of the speed or less. Whoever is done takes what others have left. So which thread has
 * which task is left to chance in the end: tasks must write to places of their own, and the caller
 * adds partial results in task order.
 *
 * <p>Between regions the others spin for a moment (the regions of a training step follow each other
 * within microseconds), then sleep. Running a region allocates nothing.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 20_000;

  /** Entries from one member's to the next: two cache lines, which are fetched in pairs. */
  private static final int APART = 32;

  private final Thread[] others;

  /** By member, the next of its tasks; behind the last one when all are taken. */
  private final AtomicIntegerArray next;

  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger region = new AtomicInteger();
  private volatile boolean closed;
  private volatile Throwable failure;
  private Task task;
  private int tasks;

  /** Part of a region. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part.
     *
     * @param index which part, from 0
     * @param worker which member of the team runs it, for scratch of its own, from 0
     */
    void run(int index, int worker);
  }

  /**
   * Starts a team.
   *
   * @param threads members, the caller included; at least 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; expected at least 1");
    }
    next = new AtomicIntegerArray((threads + 1) * APART);
    others = new Thread[threads - 1];
    for (int i = 0; i < others.length; i++) {
      int worker = i + 1;
      others[i] =
          Thread.ofPlatform().daemon().name("gmr-worker-" + worker).start(() -> serve(worker));
    }
  }

  /**
   * Returns the number of members.
   *
   * @return threads, the caller included
   */
  public int size() {
    return others.length + 1;
  }

  /**
   * Runs {@code body} for the indices 0 to {@code count - 1} and returns when all are done.
   *
   * @param count number of tasks
   * @param body what to run; any exception of it is thrown here after the region has ended
   */
  public void run(int count, Task body) {
    if (count <= 1 || others.length == 0) {
      for (int i = 0; i < count; i++) {
        body.run(i, 0);
      }
      return;
    }
    task = body;
    tasks = count;
    failure = null;
    for (int w = 0; w < size(); w++) {
      next.set(place(w), first(w));
    }
    busy.set(others.length);
    region.incrementAndGet();
    for (Thread t : others) {
      LockSupport.unpark(t);
    }
    work(0);
    for (int spins = 0; busy.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(20_000); // more threads than cores: let the others have this one
      }
    }
    Throwable f = failure;
    if (f instanceof Error e) {
      throw e;
    }
    if (f != null) {
      throw (RuntimeException) f;
    }
  }

  /** The first task of a member, or of the one behind it, where its own end. */
  private int first(int worker) {
    return (int) ((long) worker * tasks / size());
  }

  private static int place(int worker) {
    return (worker + 1) * APART;
  }

  /** Runs a member's own tasks, then what those behind it have left. */
  private void work(int worker) {
    try {
      for (int w = worker; w < worker + size(); w++) {
        int owner = w % size();
        int place = place(owner);
        int end = first(owner + 1);
        for (int i = next.getAndIncrement(place); i < end; i = next.getAndIncrement(place)) {
          task.run(i, worker);
        }
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      for (int w = 0; w < size(); w++) {
        next.set(place(w), tasks);
      }
    }
  }

  private void serve(int worker) {
    int seen = 0;
    while (true) {
      for (int spins = 0; region.get() == seen; spins++) {
        if (closed) {
          return;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen++;
      try {
        work(worker);
      } catch (InternalError e) {
        failure = e; // a fault of mapped memory, which the JVM throws up to a method's return late
      }
      busy.decrementAndGet();
    }
  }

  /** Ends the team. */
  @Override
  public void close() {
    closed = true;
    for (Thread t : others) {
      LockSupport.unpark(t);
    }
  }
}
