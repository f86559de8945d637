package io.cloudstic.restic.file;

import io.cloudstic.failure.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Does the same with each of some items, a few at a time: small files of a distant store are loaded
 * in a fraction of the time, because most of it is waiting. The width bounds what is in memory.
 */
public final class Concurrently {
  private Concurrently() {}

  /**
   * Returns when the action has returned for every item. After the first failure no further item is
   * begun, and that failure is thrown.
   *
   * @param width how many threads at most, this one not counted
   */
  public static <T> void forEach(List<T> items, int width, Consumer<T> action) {
    if (items.size() <= 1 || width <= 1) {
      items.forEach(action);
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            try {
              action.accept(items.get(i));
            } catch (RuntimeException | Error e) {
              next.set(items.size());
              throw e;
            }
          }
        };
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(width, items.size()), Concurrently::daemon);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(width, items.size()); i++) {
        running.add(threads.submit(work));
      }
      RuntimeException failure = null;
      for (Future<?> one : running) {
        failure = firstOf(failure, one);
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load-files");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException firstOf(RuntimeException failure, Future<?> running) {
    try {
      running.get();
      return failure;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return failure != null ? failure : (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }
}
