package io.cloudstic.restic;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for locks of others to go.
 *
 * @param limit at most so long in all; zero waits for nobody
 * @param notice is told once, before the first wait, who is waited for
 */
public record LockWait(Duration limit, Consumer<String> notice) {
  /** Waits for nobody. */
  public static final LockWait NONE = new LockWait(Duration.ZERO, who -> {});
}
