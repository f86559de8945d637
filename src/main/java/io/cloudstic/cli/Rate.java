package io.cloudstic.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How fast something grows, over the last {@value #WINDOW_SECONDS} seconds: what was before says
 * nothing of how it goes now. Not thread-safe.
 */
final class Rate {
  private static final int WINDOW_SECONDS = 15;
  private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;

  private record Sample(long nanos, long amount) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Nothing has been done at this moment of {@link System#nanoTime}. */
  Rate(long nanos) {
    samples.add(new Sample(nanos, 0));
  }

  /** So much has been done in all by now; returns how much that is in a second. */
  long perSecond(long nanos, long amount) {
    samples.add(new Sample(nanos, amount));
    while (samples.size() > 2 && nanos - samples.peekFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.peekFirst();
    double seconds = Math.max(0.001, (nanos - first.nanos()) / 1e9);
    return Math.max(0, Math.round((amount - first.amount()) / seconds));
  }

  /** The seconds that the rest takes at a rate; none when nothing moves. */
  static OptionalLong secondsFor(long rest, long perSecond) {
    return perSecond <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, rest) / perSecond);
  }
}
