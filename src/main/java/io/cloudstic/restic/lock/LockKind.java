package io.cloudstic.restic.lock;

/** What a lock allows at the same time. */
public enum LockKind {
  /** For reading and adding: excludes exclusive locks only. */
  SHARED,
  /** For deleting, and for seeing a quiet repository: excludes all others. */
  EXCLUSIVE
}
