package io.cloudstic.history;

import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;

/**
 * What became of a file or directory in a snapshot, against the snapshot before.
 *
 * @param event what happened
 * @param snapshot the first in which it is so
 * @param path where it is then; where it was when it left
 * @param previousPath where it was before, when it was renamed or moved; else null
 * @param node what is there; what was there when it left
 */
public record FileVersion(
    Event event, Snapshot snapshot, NodePath path, NodePath previousPath, Node node) {
  /** What can happen. */
  public enum Event {
    /** It was not there before. */
    ADDED,
    /** It has other content, for a directory other entries. */
    CHANGED,
    /** Its metadata alone is another, such as its time. */
    TOUCHED,
    /** It has another name or is in another directory; its content may be another, too. */
    RENAMED,
    /** It is there no longer. */
    REMOVED;

    /** The word for it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
