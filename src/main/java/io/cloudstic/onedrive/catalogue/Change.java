package io.cloudstic.onedrive.catalogue;

/** How an entry of a snapshot relates to the parent snapshot, by item id. */
public enum Change {
  /** Not in the parent snapshot. */
  NEW,
  /** Its content, its metadata, its name or its folder is another. */
  CHANGED,
  /**
   * As it was; for a folder, whatever happened below it, and for a file also an earlier version
   * that is kept because the present one could not be read.
   */
  UNMODIFIED
}
