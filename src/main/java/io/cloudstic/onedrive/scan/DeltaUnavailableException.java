package io.cloudstic.onedrive.scan;

/** This drive has no change feed, as in some national clouds. Never leaves the package. */
final class DeltaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeltaUnavailableException(Throwable cause) {
    super("no change feed", cause);
  }
}
