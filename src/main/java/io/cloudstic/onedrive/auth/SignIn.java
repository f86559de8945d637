package io.cloudstic.onedrive.auth;

/** A way for a person to sign in. */
interface SignIn {
  /**
   * Asks the person, and waits for a bounded time.
   *
   * @param claims what the sign-in must fulfil beyond the usual, or null
   * @return a token with a refresh token, not stored yet
   * @throws SignInRequiredException when nobody signed in, or was refused
   * @throws io.cloudstic.failure.StoppedException when the run is stopped meanwhile
   */
  Token signIn(String claims);
}
