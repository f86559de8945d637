package io.cloudstic.onedrive.auth;

import io.cloudstic.run.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A clock that stands still unless somebody sleeps by it or sets it. */
final class ManualClock extends Clock implements Sleeper {
  private final List<Duration> sleeps = Collections.synchronizedList(new ArrayList<>());
  private volatile Duration step = Duration.ZERO;
  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** From now on every look at the clock takes three seconds. */
  void runFaster() {
    step = Duration.ofSeconds(3);
  }

  List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public void sleep(Duration duration) {
    sleeps.add(duration);
    advance(duration);
  }

  @Override
  public Instant instant() {
    advance(step);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
