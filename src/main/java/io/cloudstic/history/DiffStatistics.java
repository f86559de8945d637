package io.cloudstic.history;

/**
 * What differs between two snapshots, counted as {@code restic diff} does, for which an item that
 * moved leaves one place and comes to another.
 *
 * @param changedFiles files on both sides with other content
 * @param added what only the second holds
 * @param removed what only the first holds
 * @param renamed items that moved; those that only went along with their folder do not count
 */
public record DiffStatistics(long changedFiles, Tally added, Tally removed, long renamed) {
  /**
   * One side.
   *
   * @param files entries that are files
   * @param dirs entries that are directories
   * @param others links and the like
   * @param dataBlobs chunks of files that the other side has nowhere
   * @param treeBlobs directories that the other side has nowhere
   * @param bytes of these blobs, before compression
   */
  public record Tally(
      long files, long dirs, long others, long dataBlobs, long treeBlobs, long bytes) {}
}
