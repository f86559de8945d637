package io.cloudstic.restic.lock;

/** What a lock allows at the same time. To restic there are but shared and exclusive ones. */
public enum LockKind {
  /** For reading and adding: excludes exclusive locks only. */
  SHARED,
  /** The same, for a prune while it only reads and adds; also excludes another prune of ours. */
  PRUNE,
  /** For deleting, and for seeing a quiet repository: excludes all others. */
  EXCLUSIVE,
  /**
   * The same, for deleting what was chosen before: soon over, so that others of ours wait for a
   * moment instead of giving up.
   */
  BRIEF;

  boolean isExclusive() {
    return this == EXCLUSIVE || this == BRIEF;
  }
}
