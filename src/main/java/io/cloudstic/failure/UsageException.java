package io.cloudstic.failure;

/** Wrong usage or wrong configuration: the message names the flag, key, file or line. */
public class UsageException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** A mistake and how to mend it; {@code advice} may be null. */
  public UsageException(String message, String advice) {
    super(ExitCode.USAGE, message, advice, null);
  }

  /** A mistake with its original cause. */
  public UsageException(String message, String advice, Throwable cause) {
    super(ExitCode.USAGE, message, advice, cause);
  }
}
