package io.cloudstic.run;

import io.cloudstic.failure.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop a run, asked by everyone who waits or loops. It is made once and never taken
 * back. Thread-safe.
 */
public final class Stop implements Sleeper {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<Runnable> lastActs = new CopyOnWriteArrayList<>();

  /** Asks the run to stop; sleepers wake up, listeners run once on this thread. */
  public void ask() {
    List<Runnable> toRun;
    synchronized (listeners) {
      asked.countDown();
      toRun = List.copyOf(listeners);
      listeners.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /** Whether the run should stop. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Returns normally while the run may go on. */
  public void check() {
    if (isAsked()) {
      throw new StoppedException();
    }
  }

  /** Runs the action when stop is asked, at once if it was; used to close blocking streams. */
  public void onAsked(Runnable action) {
    synchronized (listeners) {
      if (!isAsked()) {
        listeners.add(action);
        return;
      }
    }
    action.run();
  }

  /**
   * Runs the action when the run is cut off because it did not stop in time.
   *
   * @return takes the action back, for what ends before the process does
   */
  public Runnable onGivenUp(Runnable action) {
    lastActs.add(action);
    return () -> lastActs.remove(action);
  }

  /** Runs the last acts, on this thread: the process is about to be ended under the run. */
  public void giveUp() {
    lastActs.forEach(Runnable::run);
  }

  @Override
  public void sleep(Duration duration) {
    try {
      if (asked.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  @Override
  public void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }
}
