package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/**
 * The authority cannot be reached or does not answer as it should, after all tries. That says
 * nothing about the sign-in, which stays.
 */
public class AuthorityUnavailableException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** What the last try met; the cause may be null. */
  AuthorityUnavailableException(String message, Throwable cause) {
    super(
        ExitCode.FAILED,
        message,
        "check the network (and CLOUDSTIC_AUTHORITY_URL), then run the same command again; you stay"
            + " signed in",
        cause);
  }
}
