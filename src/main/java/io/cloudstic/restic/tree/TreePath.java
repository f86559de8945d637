package io.cloudstic.restic.tree;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;

/** Finds what a user names by a path such as {@code /Documents/Taxes} in a snapshot. */
public final class TreePath {
  private TreePath() {}

  /**
   * The node at a path below a root tree. The root itself, which has no node, is given as a
   * directory named {@code /}.
   *
   * @throws CloudsticException with exit code 1 when there is no such entry
   * @throws RepositoryException when a tree on the way cannot be read
   */
  public static Node find(TreeWalk.Trees trees, Id root, NodePath path) {
    Node node = Node.directory(NodeName.of("/"), root).mode(FileMode.DIR | 0755).build();
    NodePath reached = NodePath.ROOT;
    for (NodeName name : path.names()) {
      if (node.type() != NodeType.DIR) {
        throw missing(reached + " in the snapshot is not a directory");
      }
      if (node.subtree() == null) {
        throw RepositoryException.damaged("the directory " + reached + " names no tree", null);
      }
      reached = reached.child(name);
      NodePath wanted = reached;
      node =
          TreeDecoder.decode(trees.load(node.subtree()))
              .find(name)
              .orElseThrow(() -> missing("the snapshot holds no " + wanted));
    }
    return node;
  }

  private static CloudsticException missing(String what) {
    return new CloudsticException(
        ExitCode.FAILED, what, "see what it holds with: cloudstic ls", null);
  }
}
