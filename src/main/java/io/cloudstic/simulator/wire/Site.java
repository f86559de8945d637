package io.cloudstic.simulator.wire;

/** What stands behind an origin. Thread-safe. */
public interface Site {
  /** The first word of what fault rules match: {@code graph}, {@code storage}, {@code sign-in}. */
  String name();

  /** Answers one call; whatever is thrown becomes a 500. */
  Reply answer(Call call);
}
