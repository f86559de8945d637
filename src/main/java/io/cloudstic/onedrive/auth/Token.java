package io.cloudstic.onedrive.auth;

import java.time.Duration;
import java.time.Instant;

/**
 * An OAuth 2 token as it is stored. Its {@code toString} shows neither of its secrets.
 *
 * @param accessToken opaque, never parsed; empty when there is only a refresh token
 * @param tokenType {@code Bearer}
 * @param refreshToken opaque; null when there is none
 * @param expiry when the access token ends, or null when it does not say so
 */
record Token(String accessToken, String tokenType, String refreshToken, Instant expiry) {

  /** Whether the access token is good for longer than the margin. */
  boolean isGood(Instant now, Duration margin) {
    return !accessToken.isEmpty() && (expiry == null || now.plus(margin).isBefore(expiry));
  }

  /** This token with a refresh token to fall back on, when a reply brought none. */
  Token orRefreshToken(String previous) {
    return refreshToken != null ? this : new Token(accessToken, tokenType, previous, expiry);
  }

  @Override
  public String toString() {
    return "Token[" + tokenType + ", expiry=" + expiry + ", " + refreshWords() + "]";
  }

  private String refreshWords() {
    return refreshToken == null ? "no refresh token" : "with refresh token";
  }
}
