package io.cloudstic.restic.crypto;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The work that scrypt (RFC 7914) does for one password: it takes {@code 128 * n * r} bytes of
 * memory and time in proportion to {@code n * r * p}.
 *
 * @param n a power of two above 1
 * @param r at least 1
 * @param p at least 1
 */
public record KdfCost(int n, int r, int p) {
  /** The cheapest cost that is sensible, for tests only. */
  public static final KdfCost LOWEST = new KdfCost(1024, 8, 1);

  /** Four times what restic allows itself, twice the default of other programs. */
  private static final long MAX_MEMORY = 256L << 20;

  /** About two minutes of work: nobody waits longer for a password. */
  private static final long MAX_WORK = 1L << 27;

  private static final int DEFAULT_N = 32768;
  private static final int DEFAULT_R = 8;
  private static final int MAX_CALIBRATED_P = 8;
  private static final Duration TARGET = Duration.ofMillis(500);

  /**
   * Checks the bounds, so that a hostile key file gets neither memory nor hours.
   *
   * @throws IllegalArgumentException when a parameter is out of bounds
   */
  public KdfCost {
    if (n <= 1 || Integer.bitCount(n) != 1 || r < 1 || p < 1) {
      throw new IllegalArgumentException(
          "scrypt parameters N=" + n + ", r=" + r + ", p=" + p + " are not valid");
    }
    if (128L * n * r > MAX_MEMORY || (double) n * r * p > MAX_WORK || 128L * r * p > MAX_MEMORY) {
      throw new IllegalArgumentException(
          "scrypt parameters N=" + n + ", r=" + r + ", p=" + p + " ask for too much");
    }
  }

  /**
   * The cost for a new key on this machine: about half a second and 32 MiB, as restic aims for. It
   * takes one derivation's time to find out.
   */
  public static KdfCost calibrate(Clock clock) {
    KdfCost single = new KdfCost(DEFAULT_N, DEFAULT_R, 1);
    Instant start = clock.instant();
    single.derive(new byte[] {1}, new byte[KeyFile.SALT_LENGTH]);
    long took = Math.max(1, Duration.between(start, clock.instant()).toMillis());
    long p = Math.max(1, Math.min(MAX_CALIBRATED_P, TARGET.toMillis() / took));
    return new KdfCost(DEFAULT_N, DEFAULT_R, (int) p);
  }

  /** scrypt of the password: the 64 bytes of a user key. */
  public byte[] derive(byte[] password, byte[] salt) {
    return Scrypt.derive(password, salt, n, r, p, MasterKey.LENGTH);
  }
}
