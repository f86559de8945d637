package io.cloudstic.store;

/**
 * The store refuses an operation to this user or these credentials: nothing is broken, and what
 * needs no such operation may go on.
 */
public final class StoreDeniedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** What was refused at which key, with the next step (or null) and the original (or null). */
  public StoreDeniedException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
