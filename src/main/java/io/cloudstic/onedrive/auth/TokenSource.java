package io.cloudstic.onedrive.auth;

/**
 * Hands out access tokens for Graph. Thread-safe; of many who need a new token at once, one gets it
 * and the others wait for the same.
 *
 * <p>{@link #bearer} and {@link #refreshAfterRejection} may make a request to the authority
 * (retries inside). They throw {@link SignInRequiredException} when a person has to sign in, {@link
 * io.cloudstic.failure.UsageException} when the configuration is wrong, {@link
 * io.cloudstic.failure.StoppedException} when the run is stopped, and another {@link
 * io.cloudstic.failure.CloudsticException} when the authority cannot be reached.
 */
public interface TokenSource {
  /** An access token that is good for some minutes more; for the configured Graph host only. */
  String bearer();

  /**
   * Another access token, after Graph answered 401 to this one. Renews at most once for each
   * rejected token, whoever reports it; a token that was renewed for this reason and is rejected
   * straight away too, before Graph ever accepted it, is not renewed again, because that would go
   * on for ever.
   *
   * @param rejected the token that Graph refused
   * @param claims what Graph wants of another one ({@link ClaimsChallenge}), or null; it is asked
   *     for once, and when that does not help, it is kept for the next sign-in of a person
   * @throws SignInRequiredException also when renewing has not helped
   */
  String refreshAfterRejection(String rejected, String claims);

  /**
   * Tells that Graph accepted this token: if it is rejected later, it has ended before its time,
   * and renewing helps.
   */
  default void accepted(String token) {}
}
