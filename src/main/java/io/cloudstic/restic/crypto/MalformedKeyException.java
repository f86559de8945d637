package io.cloudstic.restic.crypto;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.RepositoryException;

/**
 * A key file cannot be used, whatever the password: it is not JSON, has another key derivation, or
 * parameters out of bounds.
 */
public class MalformedKeyException extends RepositoryException {
  private static final long serialVersionUID = 1L;

  MalformedKeyException(String reason, Throwable cause) {
    super(
        ExitCode.DAMAGED,
        "a key file cannot be used: " + reason,
        "remove files from keys/ that are not key files of this repository",
        cause);
  }
}
