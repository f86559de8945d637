package io.cloudstic.cli;

import io.cloudstic.run.Stop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: asks the run to stop and holds the process until the run has let go of its lock, for two
 * seconds at the most. A second Ctrl-C ends at once, as the operating system does it.
 */
final class Shutdown {
  /** How long a run may take to stop; the contract with the user's patience. */
  private static final long GRACE_MILLIS = 1900;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode;

  private Shutdown() {}

  static Shutdown install(Stop stop) {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> shutdown.onSignal(stop), "cloudstic-shutdown"));
    return shutdown;
  }

  /** The run is over; the hook has nothing more to wait for. */
  void finished(int code) {
    exitCode = code;
    finished.countDown();
  }

  private void onSignal(Stop stop) {
    if (finished.getCount() == 0) {
      return;
    }
    stop.ask();
    try {
      boolean over = finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt(over && exitCode != 0 ? exitCode : 130);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(130);
    }
  }
}
