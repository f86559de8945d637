package io.cloudstic.backup;

import io.cloudstic.run.Stop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Turns a walk that pushes into an iterator that is pulled: the walk runs on a daemon thread and
 * waits when {@value #AHEAD} elements lie between them; as many again may have been taken. What the
 * walk throws comes out of the iterator, which fails when it is waiting while the handoff is
 * closed.
 */
final class Handoff<T> implements AutoCloseable {
  private static final int AHEAD = 256;
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Stop stop;
  private volatile boolean closed;

  Handoff(Stop stop) {
    this.stop = stop;
  }

  private record End(RuntimeException failure, Error fault) {}

  /** Starts the walk on a thread of this name; called once. */
  Iterator<T> from(String name, Runnable walk) {
    Thread thread =
        new Thread(
            () -> {
              End end = new End(null, null);
              try {
                walk.run();
              } catch (RuntimeException e) {
                end = new End(e, null);
              } catch (Error e) {
                end = new End(null, e);
              }
              offer(end);
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return new Pulled();
  }

  /** Called by the walk: waits while the iterator is behind. */
  void put(T element) {
    if (!offer(element)) {
      throw new io.cloudstic.failure.StoppedException();
    }
  }

  private boolean offer(Object element) {
    try {
      while (!queue.offer(element, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (closed || stop.isAsked()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.clear();
  }

  /** Takes what is there at once: each taking can wake the walk, which costs more than a file. */
  private final class Pulled implements Iterator<T> {
    private final Queue<Object> taken = new ArrayDeque<>();
    private Object next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = take();
      }
      if (next instanceof End end) {
        if (end.fault() != null) {
          throw end.fault();
        }
        if (end.failure() != null) {
          throw end.failure();
        }
        return false;
      }
      return true;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T element = (T) next;
      next = null;
      return element;
    }

    private Object take() {
      stop.check();
      if (taken.isEmpty()) {
        taken.add(await());
        queue.drainTo(taken, AHEAD);
      }
      return taken.remove();
    }

    private Object await() {
      try {
        while (true) {
          Object element = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
          if (element != null) {
            return element;
          }
          stop.check();
          if (closed) {
            throw new IllegalStateException("the handoff is closed");
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new io.cloudstic.failure.StoppedException();
      }
    }
  }
}
