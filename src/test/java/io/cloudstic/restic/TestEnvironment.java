package io.cloudstic.restic;

import io.cloudstic.run.Sleeper;
import java.security.SecureRandom;
import java.time.Clock;

/** Environments for tests: nobody sleeps. */
public final class TestEnvironment {
  private TestEnvironment() {}

  /** This process, with a sleeper that returns at once. */
  public static RepositoryEnvironment create() {
    return create(Clock.systemUTC(), duration -> {});
  }

  /** This process at another time. */
  public static RepositoryEnvironment create(Clock clock, Sleeper sleeper) {
    return of(clock, sleeper, "testhost", ProcessHandle.current().pid());
  }

  /** Somebody else. */
  public static RepositoryEnvironment of(Clock clock, Sleeper sleeper, String host, long pid) {
    return new RepositoryEnvironment(
        clock, sleeper, new SecureRandom(), host, "tester", pid, 1000, 1000, LockWait.NONE);
  }
}
