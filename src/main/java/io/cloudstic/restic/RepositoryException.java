package io.cloudstic.restic;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/** A repository cannot be used as asked; {@link #exitCode} says in which way. */
public class RepositoryException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** What cannot be done with the repository, and why. */
  public RepositoryException(ExitCode exitCode, String message, String advice, Throwable cause) {
    super(exitCode, message, advice, cause);
  }

  /** The store holds no repository. */
  public static RepositoryException none(String where) {
    return new RepositoryException(
        ExitCode.NO_REPOSITORY,
        "there is no repository at " + where,
        "make one with: cloudstic init",
        null);
  }

  /** No key can be opened with the password. */
  public static RepositoryException wrongPassword() {
    return new RepositoryException(
        ExitCode.WRONG_PASSWORD,
        "wrong password: no key of the repository opens with it",
        "check CLOUDSTIC_PASSWORD, -password-file or -password-command",
        null);
  }

  /** An object is missing, fails its hash or cannot be decoded. */
  public static RepositoryException damaged(String what, Throwable cause) {
    return new RepositoryException(
        ExitCode.DAMAGED,
        "the repository is damaged: " + what,
        "run: cloudstic check -read-data",
        cause);
  }
}
