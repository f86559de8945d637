package io.cloudstic.restic;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * How long to wait for locks of others to go.
 *
 * @param limit at most so long in all; zero waits for nobody but those who hold a lock for a moment
 * @param notice is told before the first wait for a lock, for how long at most, and what is waited
 *     for
 */
public record LockWait(Duration limit, BiConsumer<Duration, String> notice) {
  /** Waits for nobody. */
  public static final LockWait NONE = new LockWait(Duration.ZERO, (limit, who) -> {});

  /** The same for so long, when nobody has said how long. */
  public LockWait orElse(Duration otherwise) {
    return limit.isZero() ? new LockWait(otherwise, notice) : this;
  }
}
