package io.cloudstic.simulator.signin;

/**
 * A refusal of the token endpoint.
 *
 * @param error as OAuth names it
 * @param number as AADSTS numbers it
 * @param message for people
 */
record SignInError(String error, int number, String message) {
  static SignInError invalidGrant(int number, String message) {
    return new SignInError("invalid_grant", number, message);
  }

  static SignInError missing(String parameter) {
    return new SignInError(
        "invalid_request",
        900144,
        "The request body must contain the following parameter: '" + parameter + "'.");
  }

  /** Carries a refusal to the place that answers. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SignInError error;

    Refused(SignInError error) {
      super(error.message, null, false, false);
      this.error = error;
    }

    SignInError error() {
      return error;
    }
  }

  Refused refused() {
    return new Refused(this);
  }
}
