package io.cloudstic.simulator.graph;

/** Knows the access tokens. Thread-safe. */
@FunctionalInterface
public interface Bearers {
  /** What a token is worth. */
  enum Standing {
    /** Ours, of a user who signed in. */
    DELEGATED,
    /** Ours, of an application without a user. */
    APPLICATION,
    /** Ours, but its time is over. */
    EXPIRED,
    /** Ours, but more is asked of a token by now; see {@link Bearers#claims}. */
    CHALLENGED,
    /** Of somebody else. */
    FOREIGN
  }

  /** Judges an access token. */
  Standing judge(String accessToken);

  /** What a token has to fulfil by now, as JSON; null when nothing special. */
  default String claims() {
    return null;
  }

  /** Whether a token that is ours may change files. */
  default boolean mayWrite(String accessToken) {
    return true;
  }
}
