package io.cloudstic.onedrive.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * How much trouble one transfer bears before it is given up. Whenever some bytes have come, the
 * count begins again: a file of 250 GB may break a thousand times. Not thread-safe.
 */
final class Tenacity {
  /** As many bytes between two breaks make the tries start again from nought. */
  static final int PROGRESS = 8 << 10;

  /** A connection that brings less than that in this time only seems to live. */
  static final Duration TRICKLE = Duration.ofMinutes(5);

  /** New URLs in a row where the old one may have expired. */
  private static final int MOST_EXPIRED = 3;

  /** After answers that can mean an expired URL, but mostly mean what they say. */
  private static final int MOST_REFUSED = 1;

  private final RetryRule rule;
  private RetryRule.Attempts attempts = new RetryRule.Attempts();
  private int refusals;
  private long sinceBreak;
  private long sinceProgress;
  private long waitedNanos;

  Tenacity(RetryRule rule) {
    this.rule = rule;
  }

  /** Bytes came, after a wait for them. */
  void received(int bytes, long nanos) {
    sinceBreak += bytes;
    sinceProgress += bytes;
    waitedNanos += nanos;
    if (sinceProgress >= PROGRESS) {
      forgetWait();
    }
  }

  /**
   * Called before more is read from a connection.
   *
   * @throws IOException when its bytes trickle
   */
  void refuseTrickle() throws IOException {
    if (waitedNanos > TRICKLE.toNanos()) {
      forgetWait();
      throw new IOException("next to nothing came for " + TRICKLE.toMinutes() + " minutes");
    }
  }

  private void forgetWait() {
    sinceProgress = 0;
    waitedNanos = 0;
  }

  /**
   * Bytes stopped coming, or none came. The first try after some progress is made at once.
   *
   * @return the pause before the next try, or empty when it was one too many
   */
  Optional<Duration> broken() {
    if (sinceBreak >= PROGRESS) {
      sinceBreak = 0;
      attempts = new RetryRule.Attempts();
      refusals = 0;
      return Optional.of(Duration.ZERO);
    }
    return rule.next(attempts);
  }

  /** The same after an answer that is no content. */
  Optional<Duration> answered(Reply reply, GraphError error) {
    return rule.next(attempts, reply, error);
  }

  /** Whether another URL is worth trying after this status; counts. */
  boolean triesAnotherUrl(int status) {
    boolean expired = status == 200 || status == 401 || status == 410;
    return ++refusals <= (expired ? MOST_EXPIRED : MOST_REFUSED);
  }

  /** Whether a URL was refused since the last progress. */
  boolean wasRefused() {
    return refusals > 0;
  }
}
