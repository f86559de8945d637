package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.StoppedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Work that is done once for all who ask for it at the same time; they share its result and its
 * failure, so that a failure is not repeated once for each who waited. That the one who works is
 * stopped is no such failure: then another one does the work. Thread-safe.
 */
final class SingleFlight<T> {
  private final AtomicReference<CompletableFuture<T>> flight = new AtomicReference<>();

  /** The result of this work, or of the same work that is under way in another thread. */
  T run(Supplier<T> work) {
    while (true) {
      CompletableFuture<T> mine = new CompletableFuture<>();
      CompletableFuture<T> other = flight.compareAndExchange(null, mine);
      if (other == null) {
        return fly(work, mine);
      }
      try {
        return await(other);
      } catch (StoppedException e) {
        // They were told to stop, which says nothing of this thread's run.
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private T fly(Supplier<T> work, CompletableFuture<T> mine) {
    // The way is cleared before the result is told: who asks after that begins anew.
    try {
      T result = work.get();
      flight.set(null);
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error e) {
      flight.set(null);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static <T> T await(CompletableFuture<T> flight) {
    try {
      return flight.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    }
  }
}
