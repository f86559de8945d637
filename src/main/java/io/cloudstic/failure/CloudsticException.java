package io.cloudstic.failure;

import java.util.Optional;

/**
 * The root of all failures that a user is told about. The message says what failed and why, the
 * advice what to do next; neither ever holds a token, a password or a download URL.
 */
public class CloudsticException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String advice;

  /**
   * A failure with its next step.
   *
   * @param exitCode what scripts see
   * @param message what failed, and why
   * @param advice what to do next, or null where nothing can be said
   * @param cause the original, or null
   */
  public CloudsticException(ExitCode exitCode, String message, String advice, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /** What scripts see. */
  public final ExitCode exitCode() {
    return exitCode;
  }

  /** What to do next. */
  public final Optional<String> advice() {
    return Optional.ofNullable(advice);
  }
}
