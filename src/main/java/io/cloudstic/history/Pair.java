package io.cloudstic.history;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;

/**
 * What two snapshots hold at one place, or of one item that moved: one side is null where there is
 * nothing.
 *
 * @param beforePath where it is in the first snapshot
 * @param before what is there, or null
 * @param afterPath where it is in the second snapshot
 * @param after what is there, or null
 * @param parentBefore the item id of the directory that holds the first side; empty when not known
 * @param parentAfter the item id of the directory that holds the second side
 */
record Pair(
    NodePath beforePath,
    Node before,
    NodePath afterPath,
    Node after,
    String parentBefore,
    String parentAfter) {

  boolean isGone() {
    return after == null;
  }

  boolean isCome() {
    return before == null;
  }

  boolean isDirectoryBefore() {
    return before != null && before.type() == NodeType.DIR;
  }

  boolean isDirectoryAfter() {
    return after != null && after.type() == NodeType.DIR;
  }

  /** Whether there is a directory on one side or on both, and nothing else on the other. */
  boolean hasEntries() {
    return isGone() || isCome()
        ? isDirectoryBefore() || isDirectoryAfter()
        : isDirectoryBefore() && isDirectoryAfter();
  }

  /** Whether both sides are directories with the same tree. */
  boolean hasEqualTrees() {
    return isDirectoryBefore()
        && isDirectoryAfter()
        && before.subtree() != null
        && before.subtree().equals(after.subtree());
  }
}
