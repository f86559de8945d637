package io.cloudstic.history;

import io.cloudstic.restic.RepositoryException;

/** A tree of one of two snapshots that are compared cannot be read. */
final class UnreadableSideException extends RepositoryException {
  private static final long serialVersionUID = 1L;

  private final boolean before;

  /** The same failure, and on which side: the one before, or the one after. */
  UnreadableSideException(boolean before, RepositoryException why) {
    super(why.exitCode(), why.getMessage(), why.advice().orElse(null), why);
    this.before = before;
  }

  /** Whether it is the snapshot before. */
  boolean isBefore() {
    return before;
  }
}
