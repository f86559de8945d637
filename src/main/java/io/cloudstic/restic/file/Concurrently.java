package io.cloudstic.restic.file;

import io.cloudstic.failure.StoppedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

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
    ExecutorService threads = threads(Math.min(width, items.size()));
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

  /**
   * Gives what the action makes of each item to the sink, on this thread and in the order of the
   * items. After a failure the sink gets nothing more, and the failure is thrown.
   *
   * @param width how many threads
   * @param ahead how many results at most are made before the sink has taken the one before them
   */
  public static <T, R> void inOrder(
      List<T> items, int width, int ahead, Function<T, R> action, Consumer<R> sink) {
    if (items.size() <= 1) {
      items.forEach(item -> sink.accept(action.apply(item)));
      return;
    }
    ExecutorService threads = threads(Math.min(width, items.size()));
    try {
      Queue<Future<R>> running = new ArrayDeque<>();
      for (T item : items) {
        if (running.size() == ahead) {
          sink.accept(result(running.remove()));
        }
        running.add(threads.submit(() -> action.apply(item)));
      }
      for (Future<R> last : running) {
        sink.accept(result(last));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static ExecutorService threads(int count) {
    return Executors.newFixedThreadPool(count, Concurrently::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load-files");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException firstOf(RuntimeException failure, Future<?> running) {
    try {
      result(running);
      return failure;
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return failure != null ? failure : e;
    }
  }

  private static <R> R result(Future<R> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }
}
