package io.cloudstic.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still unless somebody sleeps by it or moves it on. Thread-safe. */
public final class ManualClock extends Clock implements Sleeper {
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration step = Duration.ZERO;
  private Instant now;

  /** Shows this time at first. */
  public ManualClock(Instant start) {
    now = start;
  }

  /** Shows some day in 2026 at first. */
  public ManualClock() {
    this(Instant.parse("2026-02-03T04:05:06.789Z"));
  }

  /** Moves it on. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** From now on every look at the clock takes so long. */
  public synchronized void advanceAtEachLook(Duration duration) {
    step = duration;
  }

  /** How long somebody slept each time. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public synchronized void sleep(Duration duration) {
    sleeps.add(duration);
    if (!duration.isNegative()) {
      advance(duration);
    }
  }

  @Override
  public synchronized Instant instant() {
    now = now.plus(step);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("its zone is UTC");
  }
}
