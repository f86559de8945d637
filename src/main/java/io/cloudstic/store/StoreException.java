package io.cloudstic.store;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/** A store problem: the run ends, and nothing half-done is visible. */
public class StoreException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** What failed at which key, with the next step (or null) and the original (or null). */
  public StoreException(String message, String advice, Throwable cause) {
    super(ExitCode.FAILED, message, advice, cause);
  }
}
