package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/**
 * A person has to sign in (again): there is no token, or the authority refuses the one we have.
 * Trying again without that is useless. Never holds a token.
 */
public class SignInRequiredException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** The next step in nearly all cases. */
  static final String LOGIN = "sign in with: cloudstic auth login";

  /** Why, and what to do; neither is null. */
  public SignInRequiredException(String message, String advice) {
    super(ExitCode.SIGN_IN_NEEDED, message, advice, null);
  }
}
