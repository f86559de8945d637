package io.cloudstic.cli;

import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.NodePath;

/**
 * A snapshot and a place in it, as users write them: {@code latest}, {@code 40dc1520}, {@code
 * latest:/Documents}.
 *
 * @param name of the snapshot
 * @param path in it, the root when none is given
 */
record SnapshotSpec(String name, NodePath path) {
  static SnapshotSpec parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new SnapshotSpec(text, NodePath.ROOT)
        : new SnapshotSpec(text.substring(0, colon), NodePath.parse(text.substring(colon + 1)));
  }

  /** The snapshot; {@code latest} is the newest that the filter lets through. */
  Snapshot find(Repository repository, SnapshotFilter filter) {
    return new Snapshots(repository.files()).find(name, filter);
  }
}
