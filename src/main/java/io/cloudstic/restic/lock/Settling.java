package io.cloudstic.restic.lock;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Sleeper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The time from writing a lock to the second look at those of others, spent in the background while
 * the lock's holder already reads. Thread-safe.
 */
final class Settling implements Runnable {
  private final Sleeper sleeper;
  private final Runnable look;
  private final Patience patience;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private boolean abandoned;

  /**
   * Settles with {@code look}, which throws when another lock excludes ours. One that is held for a
   * moment came after ours, and is about to be given back: it is waited for.
   */
  Settling(Sleeper sleeper, Runnable look, Patience patience) {
    this.sleeper = sleeper;
    this.look = look;
    this.patience = patience;
  }

  @Override
  public void run() {
    try {
      // Whoever stops now wants what has been read to be stored, and that needs a settled lock.
      sleeper.pause(Locks.SETTLE);
      lookPatiently();
      settled.complete(null);
    } catch (RuntimeException e) {
      settled.completeExceptionally(e);
    }
  }

  private void lookPatiently() {
    while (true) {
      try {
        lookUnlessAbandoned();
        return;
      } catch (LockConflict conflict) {
        patience.await(conflict);
      }
    }
  }

  private synchronized void lookUnlessAbandoned() {
    if (abandoned) {
      throw new IllegalStateException("the lock was closed");
    }
    look.run();
  }

  /** The lock is given back: nobody looks at the store any more when this returns. */
  synchronized void abandon() {
    abandoned = true;
  }

  /** Returns when the lock has settled, and throws what the second look threw. */
  void await() {
    try {
      settled.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CloudsticException why
          ? why
          : new IllegalStateException("the lock did not settle", e.getCause());
    }
  }
}
