package io.cloudstic.backup;

import io.cloudstic.failure.UsageException;
import io.cloudstic.run.Sleeper;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes per second, shared by all downloads of a run. Whoever took bytes waits until they were due.
 * Thread-safe.
 */
public final class RateLimit {
  private static final Pattern RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(i?b)?(?:/s)?", Pattern.CASE_INSENSITIVE);

  /** Reads of this share of a second keep the flow even. */
  private static final int SLICES_PER_SECOND = 10;

  private final long bytesPerSecond;
  private final Sleeper sleeper;
  private final LongSupplier nanoTime;
  private long dueNanos;

  private RateLimit(long bytesPerSecond, Sleeper sleeper, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.sleeper = sleeper;
    this.nanoTime = nanoTime;
    this.dueNanos = nanoTime.getAsLong();
  }

  /** No limit. */
  public static RateLimit none() {
    return new RateLimit(0, duration -> {}, () -> 0);
  }

  /** This many bytes per second; 0 for no limit. */
  public static RateLimit of(long bytesPerSecond, Sleeper sleeper, LongSupplier nanoTime) {
    return bytesPerSecond == 0 ? none() : new RateLimit(bytesPerSecond, sleeper, nanoTime);
  }

  /**
   * Reads {@code 500k}, {@code 10M}, {@code 1.5 MiB/s}; a plain number means KiB per second, as in
   * restic.
   *
   * @return bytes per second
   */
  public static long parse(String text) {
    Matcher matcher = RATE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new UsageException(
          "-limit-download " + text + " is not a rate", "for example 500k, 10M or 1.5MiB/s");
    }
    double value = Double.parseDouble(matcher.group(1));
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    boolean bare = unit.isEmpty() && matcher.group(3) == null;
    int power = bare ? 1 : "kmgt".indexOf(unit.isEmpty() ? "?" : unit) + 1;
    return Math.round(value * Math.pow(1024, power));
  }

  /** How much of a read of this length may be done at once. */
  int atMost(int length) {
    return bytesPerSecond == 0
        ? length
        : (int) Math.max(1, Math.min(length, bytesPerSecond / SLICES_PER_SECOND));
  }

  /** Waits until the bytes that were taken were due. */
  void took(long bytes) {
    if (bytesPerSecond == 0) {
      return;
    }
    long wait;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      dueNanos = Math.max(dueNanos, now) + bytes * 1_000_000_000L / bytesPerSecond;
      wait = dueNanos - now;
    }
    if (wait > 0) {
      sleeper.sleep(Duration.ofNanos(wait));
    }
  }
}
