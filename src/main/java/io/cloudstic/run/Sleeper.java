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

  /**
   * Returns after the duration, even when the run is stopped meanwhile: for a fraction of a second
   * in the middle of what must not be left half done.
   *
   * @throws io.cloudstic.failure.StoppedException when the thread is interrupted
   */
  default void pause(Duration duration) {
    sleep(duration);
  }
}
