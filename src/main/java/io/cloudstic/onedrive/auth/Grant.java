package io.cloudstic.onedrive.auth;

import java.util.function.Predicate;

/**
 * A standing permission to get access tokens. One thread at a time calls it; failures are those of
 * {@link TokenSource}.
 */
interface Grant {
  /**
   * A token, renewed unless one that is at hand will do.
   *
   * @param usable whether a token that is at hand will do
   * @param claims what a renewed token must fulfil, or null
   */
  Obtained obtain(Predicate<Token> usable, String claims);

  /** Keeps what only a person's sign-in can fulfil until there is one. */
  void remember(String claims);

  /** What the user should do when Graph refuses even a renewed token. */
  String adviceOnRejection();

  /**
   * What was obtained.
   *
   * @param token not null
   * @param renewed whether the authority has just made it for us
   */
  record Obtained(Token token, boolean renewed) {}
}
