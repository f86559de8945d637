package io.cloudstic.restic.snapshot;

import java.util.List;

/**
 * Which snapshots are meant, by restic's rules for {@code --host}, {@code --tag} and {@code
 * --path}. What is empty does not restrict.
 *
 * @param hosts any of these
 * @param tagLists all tags of any of these lists; an empty tag stands for "has no tags"
 * @param paths all of these
 */
public record SnapshotFilter(List<String> hosts, List<List<String>> tagLists, List<String> paths) {
  /** Every snapshot. */
  public static final SnapshotFilter ALL = new SnapshotFilter(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public SnapshotFilter {
    hosts = List.copyOf(hosts);
    tagLists = tagLists.stream().map(List::copyOf).toList();
    paths = List.copyOf(paths);
  }

  /** Whether the snapshot is meant. */
  public boolean matches(Snapshot snapshot) {
    return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
        && (tagLists.isEmpty() || tagLists.stream().anyMatch(tags -> hasAll(snapshot, tags)))
        && snapshot.paths().containsAll(paths);
  }

  /** Whether it has all of the tags, looked at in order; an empty one stands for "has none". */
  public static boolean hasAll(Snapshot snapshot, List<String> tags) {
    for (String tag : tags) {
      if (tag.isEmpty() && snapshot.tags().isEmpty()) {
        return true;
      }
      if (!snapshot.tags().contains(tag)) {
        return false;
      }
    }
    return true;
  }
}
