package io.cloudstic.onedrive;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/**
 * A Graph call failed for good: retries are spent, or would not help. Never holds a token or a
 * download URL.
 */
public class GraphException extends CloudsticException {
  /** The {@link #code} for a link that leads away from the configured Graph host; not Graph's. */
  public static final String FOREIGN_LINK = "foreignlink";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * A failed call.
   *
   * @param status the HTTP status, or 0 when there was no answer
   * @param code the most specific error code of the body, lower case; empty when there is none
   * @param message what failed, and why
   * @param advice the next step, or null
   */
  public GraphException(int status, String code, String message, String advice, Throwable cause) {
    super(status == 401 ? ExitCode.SIGN_IN_NEEDED : ExitCode.FAILED, message, advice, cause);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status, or 0. */
  public final int status() {
    return status;
  }

  /** The error code, lower case, or the empty string. */
  public final String code() {
    return code;
  }
}
