package io.cloudstic.simulator;

import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Counts the runs of a client, as far as a server can tell: a run begins with a question about the
 * account or the drive, and the next one with such a question after something was listed.
 * Thread-safe.
 */
public final class Runs {
  private static final String ACCOUNT =
      "^graph GET /v1\\.0/(me(/drives?)?|users/[^/?]+(/drives?)?|drives/[^/?]+)(\\?|$)";
  private static final String LISTING = "^graph GET .*(delta|/children)";

  private final List<IntConsumer> listeners = new ArrayList<>();
  private int number;
  private boolean listed = true;

  Runs() {}

  /** Watches the calls that pass this plan. */
  void watch(Faults faults) {
    faults.on(ACCOUNT).then(new Effect.Before(this::asked));
    faults.on(LISTING).then(new Effect.Before(this::listed));
  }

  /** The number of the run that is under way or over; 0 before the first. */
  public synchronized int number() {
    return number;
  }

  /** Whether this run, counted from 1, or a later one has begun. */
  public boolean reached(int run) {
    return number() >= run;
  }

  /** Called with the number of each run at its beginning, before anything is answered. */
  synchronized void onBegin(IntConsumer listener) {
    listeners.add(listener);
  }

  private synchronized void asked() {
    if (listed) {
      listed = false;
      number++;
      listeners.forEach(listener -> listener.accept(number));
    }
  }

  private synchronized void listed() {
    listed = true;
  }
}
