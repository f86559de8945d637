package io.cloudstic.failure;

/** The exit codes of the command line, a contract with scripts. */
public enum ExitCode {
  /** Done. */
  DONE(0),
  /** Failed; nothing was lost. */
  FAILED(1),
  /** Wrong usage or wrong configuration. */
  USAGE(2),
  /** A snapshot was made, but some files could not be read. */
  INCOMPLETE(3),
  /** The store holds no repository. */
  NO_REPOSITORY(10),
  /** The repository is locked by somebody else. */
  LOCKED(11),
  /** Wrong password. */
  WRONG_PASSWORD(12),
  /** Sign-in is needed, and no terminal to do it. */
  SIGN_IN_NEEDED(13),
  /** The repository is damaged. */
  DAMAGED(14),
  /** Stopped by the user. */
  STOPPED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number given to the operating system. */
  public int code() {
    return code;
  }
}
