package io.cloudstic.restore;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreePath;
import io.cloudstic.restic.tree.TreeWalk;
import java.util.List;
import java.util.Set;

/** The part of a snapshot that a restore begins at: a directory with all below it, or one entry. */
final class Selected {
  private final TreeWalk.Trees trees;
  private final Node start;

  private Selected(TreeWalk.Trees trees, Node start) {
    this.trees = trees;
    this.start = start;
  }

  /**
   * Finds the part.
   *
   * @throws io.cloudstic.failure.CloudsticException when the snapshot does not hold it
   * @throws RepositoryException when a tree on the way cannot be read
   */
  static Selected find(Repository repository, Id root, NodePath path) {
    TreeWalk.Trees trees = tree -> repository.loadBlob(BlobType.TREE, tree);
    return new Selected(trees, TreePath.find(trees, root, path));
  }

  /** Whether it is a directory, whose entries come to stand in the target. */
  boolean isDirectory() {
    return start.type() == NodeType.DIR;
  }

  /** Shows all of it to the visitor. */
  void walk(TreeWalk.Visitor visitor) {
    if (start.type() != NodeType.DIR) {
      visitor.open(NodePath.ROOT, new Tree(List.of(start), Set.of()));
      visitor.visit(NodePath.ROOT.child(start.name()), start);
    } else if (start.subtree() == null) {
      throw RepositoryException.damaged("the directory " + start.name() + " names no tree", null);
    } else {
      TreeWalk.walk(trees, start.subtree(), visitor);
    }
  }
}
