package io.cloudstic.backup;

/**
 * How the entries of a snapshot compare with those of its parent.
 *
 * @param filesSkipped files that a route left out
 */
public record EntryCounts(
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long filesRemoved,
    long filesFailed,
    long filesSkipped,
    long dirsNew,
    long dirsChanged,
    long dirsUnmodified,
    long dirsRemoved,
    long totalBytes) {
  /** Files of the snapshot. */
  public long totalFiles() {
    return filesNew + filesChanged + filesUnmodified;
  }

  /** Files and directories of the snapshot. */
  public long totalEntries() {
    return totalFiles() + dirsNew + dirsChanged + dirsUnmodified;
  }
}
