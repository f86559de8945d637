package io.cloudstic.onedrive.scan;

import io.cloudstic.failure.StoppedException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Calls that others make for a walk; their answers come in any order. One thread asks and awaits;
 * closing belongs to any thread, since a run may fail elsewhere while the walk waits. An executor
 * that is shut down may have dropped calls: nobody waits for these.
 */
final class Calls<A> implements AutoCloseable {
  private final Executor executor;

  // All of these are guarded by this object's monitor.
  private final Queue<A> answers = new ArrayDeque<>();
  private Error fault;
  private int open;
  private int running;
  private boolean closed;

  Calls(Executor executor) {
    this.executor = executor;
  }

  /** Has a call made, which tells of its failures by its answer. */
  void ask(Supplier<A> call) {
    synchronized (this) {
      open++;
    }
    executor.execute(() -> run(call));
  }

  private void run(Supplier<A> call) {
    synchronized (this) {
      if (closed) {
        return;
      }
      running++;
    }
    A answer = null;
    Error thrown = null;
    try {
      answer = call.get();
    } catch (Error e) {
      thrown = e;
    }
    synchronized (this) {
      running--;
      if (thrown != null) {
        fault = thrown;
      } else {
        answers.add(answer);
      }
      notifyAll();
    }
  }

  /** How many were asked whose answers nobody has taken. */
  synchronized int open() {
    return open;
  }

  /**
   * The next answer, which is waited for.
   *
   * @throws IllegalStateException when it is closed meanwhile
   */
  synchronized A await() {
    while (answers.isEmpty()) {
      if (closed) {
        throw new IllegalStateException("the walk is closed");
      }
      if (fault != null) {
        throw fault;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
    open--;
    return answers.remove();
  }

  /** Waits for the calls that are being made, whose answers nobody wants any more. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    boolean interrupted = false;
    while (running > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
