package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;

/** Is told how a restore goes. Calls come from several threads, but one at a time. */
public interface RestoreListener {
  /** What was done with an entry. */
  enum Action {
    /** It was made. */
    RESTORED("restored"),
    /** It was there and has been replaced. */
    UPDATED("updated"),
    /** It was there and is what the snapshot says. */
    UNCHANGED("unchanged"),
    /** It was there and stays as it is, by the overwrite rule. */
    KEPT("kept"),
    /** It is of a kind that cannot be made here. */
    LEFT_OUT("left out");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    /** The word for people and for JSON. */
    public String word() {
      return word;
    }
  }

  /** Nobody listens. */
  RestoreListener NONE = new RestoreListener() {};

  /** An entry is done; in a dry run: would be done so. */
  default void done(NodePath path, Node node, Action action) {}

  /** An entry gets another name in the target, because the target cannot hold its own. */
  default void renamed(NodePath path, String localName) {}

  /** What was in the target and not in the snapshot is gone; in a dry run: would go. */
  default void deleted(NodePath path, long size) {}

  /** An entry could not be restored, or not wholly. */
  default void problem(RestoreProblem problem) {}
}
