package io.cloudstic.onedrive.client;

import java.time.Duration;
import java.time.Instant;

/**
 * Grows while it pays: climbs the hill of what comes through in a span of time. At first it
 * doubles, later it tries one more now and then; a step that brings less than half of what it could
 * is taken back. A throttle halves it, and so do spans with many failures.
 */
final class AdaptiveFlow implements Flow {
  /** Long enough to count something, short enough to get up to speed in a second or two. */
  static final Duration SPAN = Duration.ofMillis(500);

  /** Spans at rest after a step that did not pay, or one too many. */
  static final int REST = 20;

  /** What a call is worth besides its bytes, so that small files count as well. */
  private static final long CALL = 64 << 10;

  /** A span with failures in more than one of so many calls is a bad one. */
  private static final int BAD = 8;

  private final int most;
  private int permits;
  private int before;
  private double rateBefore;
  private boolean doubling = true;
  private boolean trying;
  private int rest;

  private Instant began;
  private long bytes;
  private long calls;
  private long failures;
  private boolean full;

  AdaptiveFlow(int first, int most) {
    this.permits = first;
    this.before = first;
    this.most = most;
  }

  @Override
  public int permits() {
    return permits;
  }

  @Override
  public void answered(Instant now, int inFlight) {
    calls++;
    full |= inFlight >= permits;
    look(now);
  }

  @Override
  public void received(long count, Instant now) {
    bytes += count;
    look(now);
  }

  @Override
  public void failed(Instant now) {
    failures++;
    look(now);
  }

  @Override
  public void throttled() {
    halve();
    began = null;
  }

  private void look(Instant now) {
    if (began == null) {
      begin(now);
      return;
    }
    Duration span = Duration.between(began, now);
    if (span.compareTo(SPAN) >= 0) {
      decide((bytes + calls * CALL) / (span.toNanos() / 1e9));
      begin(now);
    }
  }

  private void decide(double rate) {
    if (failures > 1 && failures * BAD > calls + failures) {
      halve();
    } else if (trying && !pays(rate)) {
      permits = before;
      trying = false;
      doubling = false;
      rest = REST;
    } else if (rest > 0) {
      rest--;
    } else if (full && permits < most) {
      before = permits;
      rateBefore = rate;
      permits = Math.min(most, doubling ? permits * 2 : permits + 1);
      trying = true;
    } else {
      trying = false;
    }
  }

  /** Twice as many should bring nearly twice as much, one more its share. */
  private boolean pays(double rate) {
    double most = (double) permits / before;
    return rate >= rateBefore * (1 + (most - 1) / 2);
  }

  private void halve() {
    permits = Math.max(1, permits / 2);
    trying = false;
    doubling = false;
    rest = REST;
  }

  private void begin(Instant now) {
    began = now;
    bytes = 0;
    calls = 0;
    failures = 0;
    full = false;
  }
}
