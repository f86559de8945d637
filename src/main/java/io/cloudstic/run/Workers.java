package io.cloudstic.run;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A few threads and a short queue: whoever submits waits while the queue is full, so that work is
 * never listed faster than it is done. A task that fails ends the run: tasks that have not begun
 * are dropped, and the failure comes out of the next call. Submitting and awaiting belong to one
 * thread.
 */
public final class Workers implements AutoCloseable {
  private static final int QUEUED_PER_THREAD = 2;

  private final ExecutorService threads;
  private final int capacity;

  /** One permit for each task that is queued or running. */
  private final Semaphore free;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * Starts no thread yet.
   *
   * @param name what the threads are called
   * @param count how many there are, at least 1
   */
  public Workers(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    capacity = count * (1 + QUEUED_PER_THREAD);
    free = new Semaphore(capacity);
  }

  /** Hands a task over; waits for room, and throws what an earlier task has thrown. */
  public void submit(Runnable task) {
    free.acquireUninterruptibly();
    if (failure.get() != null) {
      free.release();
      rethrow();
    }
    threads.execute(() -> run(task));
  }

  private void run(Runnable task) {
    try {
      if (failure.get() == null) {
        task.run();
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      free.release();
    }
  }

  /** Waits until every task has ended, and throws what one has thrown. */
  public void await() {
    free.acquireUninterruptibly(capacity);
    free.release(capacity);
    rethrow();
  }

  private void rethrow() {
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  /** Drops what has not begun and waits for what runs. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("the workers are closed"));
    free.acquireUninterruptibly(capacity);
    free.release(capacity);
    threads.shutdown();
  }
}
