package io.cloudstic.run;

import java.time.Duration;

/** Waits. Thread-safe. */
public interface Sleeper {
  /**
   * Returns after the duration, or earlier by an exception.
   *
   * @throws io.cloudstic.failure.StoppedException when the run is stopped meanwhile
   */
  void sleep(Duration duration);
}
