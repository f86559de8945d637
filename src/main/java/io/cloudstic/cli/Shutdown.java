package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.run.Stop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/**
 * Ctrl-C, a closed terminal, and {@code kill}: asks the run to stop, so that it lets go of its lock
 * and ends by itself; ends the process when it does not within two seconds, and at once when the
 * user insists or nothing but an answer is awaited.
 */
final class Shutdown {
  /** How long a run may take to stop; with the last resorts below, two seconds. */
  private static final long GRACE_MILLIS = 1400;

  /** How long a shared lock may take to go away; it then hinders nobody's prune. */
  private static final long LAST_ACTS_MILLIS = 300;

  /** How long the Java machine may take to end; it may restore the terminal meanwhile. */
  private static final long EXIT_MILLIS = 200;

  private final Stop stop;
  private final BooleanSupplier isAsking;
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final CountDownLatch never = new CountDownLatch(1);

  private Shutdown(Stop stop, BooleanSupplier isAsking) {
    this.stop = stop;
    this.isAsking = isAsking;
  }

  /**
   * Listens to the signals from now on.
   *
   * @param isAsking whether only an answer of the user is awaited
   */
  static void install(Stop stop, BooleanSupplier isAsking) {
    Shutdown shutdown = new Shutdown(stop, isAsking);
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(new Signal(signal), received -> shutdown.onSignal());
      } catch (IllegalArgumentException unknownHere) {
        // Windows has no HUP, and with -Xrs the machine leaves all of them to the system.
        continue;
      }
    }
  }

  private void onSignal() {
    if (!signalled.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(ExitCode.STOPPED.code());
    }
    daemon("cloudstic-last-resort", this::endLater);
    stop.ask();
  }

  private void lastActs() {
    stop.giveUp();
    Runtime.getRuntime().exit(ExitCode.STOPPED.code());
  }

  private void endLater() {
    if (!isAsking.getAsBoolean()) {
      await(GRACE_MILLIS);
      daemon("cloudstic-last-acts", this::lastActs);
      await(LAST_ACTS_MILLIS);
    }
    daemon("cloudstic-exit", () -> Runtime.getRuntime().exit(ExitCode.STOPPED.code()));
    await(EXIT_MILLIS);
    Runtime.getRuntime().halt(ExitCode.STOPPED.code());
  }

  private void await(long millis) {
    try {
      never.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
