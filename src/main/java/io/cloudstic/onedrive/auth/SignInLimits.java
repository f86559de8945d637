package io.cloudstic.onedrive.auth;

import java.time.Duration;

/** Every number that protects a sign-in, with its reason. */
final class SignInLimits {
  /**
   * A token is renewed when it is good for less than this: a request may wait at the gate for a
   * while before it is sent.
   */
  static final Duration MARGIN = Duration.ofMinutes(5);

  /**
   * A token that was renewed because Graph had refused its predecessor, and is refused itself
   * within this time, will not get better by renewing.
   */
  static final Duration REJECTED_AGAIN = Duration.ofMinutes(5);

  /** Tries of one request to the authority, the first included. */
  static final int ATTEMPTS = 4;

  /** The wait before the second try; it doubles each time. */
  static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  /** A longer {@code Retry-After} ends the request: whoever waits should be told, not kept. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

  /** To make a connection. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** For one try as a whole, the body included. */
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** Replies are a few kilobytes; this much is read before one is given up. */
  static final int LONGEST_REPLY = 256 * 1024;

  /** The token file is a few kilobytes too. */
  static final int LONGEST_TOKEN_FILE = 1024 * 1024;

  /**
   * How long another process may hold the token file: longer than all its tries with all their
   * waits can take.
   */
  static final Duration LOCK_WAIT = Duration.ofMinutes(6);

  /** Between two looks at the lock. */
  static final Duration LOCK_POLL = Duration.ofMillis(100);

  /** How long the browser may take: a code lives about ten minutes, and so may typing do. */
  static final Duration BROWSER_WAIT = Duration.ofMinutes(10);

  /** Between two looks at the listener, the terminal, and the wish to stop. */
  static final Duration BROWSER_POLL = Duration.ofMillis(100);

  /** Between two questions whether a device code was entered, when the authority names no pace. */
  static final Duration DEVICE_POLL = Duration.ofSeconds(5);

  /** What {@code slow_down} adds to the pace (RFC 8628, section 3.5). */
  static final Duration DEVICE_SLOW_DOWN = Duration.ofSeconds(5);

  /** Device codes live 15 minutes; no promise beyond an hour is believed. */
  static final Duration LONGEST_DEVICE_WAIT = Duration.ofHours(1);

  /** No promise that a token lives longer is believed. */
  static final Duration LONGEST_LIFETIME = Duration.ofDays(365);

  /** A client assertion is used at once; clocks may differ by some minutes. */
  static final Duration ASSERTION_LIFETIME = Duration.ofMinutes(10);

  /** Clocks that differ by less than this count as equal: replies take their time. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private SignInLimits() {}
}
