package io.cloudstic.restic.crypto;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.RepositoryException;

/**
 * An envelope does not open: it was changed, cut short, or sealed with another key. Callers say of
 * which object, or take it as a wrong password.
 */
public class AuthenticationException extends RepositoryException {
  private static final long serialVersionUID = 1L;

  AuthenticationException(String reason) {
    super(
        ExitCode.DAMAGED,
        "encrypted data does not open: " + reason,
        "run: cloudstic check -read-data",
        null);
  }
}
