package io.cloudstic.onedrive.scan;

/** A feed cannot be continued; only a new enumeration helps. Never leaves the package. */
final class FeedLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean serverFault;

  /**
   * A lost feed.
   *
   * @param serverFault whether Graph is unwell, so that trying again is worth it only once
   */
  FeedLostException(String reason, boolean serverFault, Throwable cause) {
    super(reason, cause);
    this.serverFault = serverFault;
  }

  boolean serverFault() {
    return serverFault;
  }
}
