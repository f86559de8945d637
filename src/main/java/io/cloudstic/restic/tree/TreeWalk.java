package io.cloudstic.restic.tree;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Goes through the tree of a snapshot, depth first, in the order of the trees. Of the whole
 * snapshot only the directories from the root to the present place are in memory, however deep they
 * are.
 */
public final class TreeWalk {
  /** Gives the verified bytes of a tree blob; throws a RepositoryException where it cannot. */
  @FunctionalInterface
  public interface Trees {
    /** The bytes of that tree. */
    byte[] load(Id tree);
  }

  /** Is told what is found. What it throws ends the walk. */
  public interface Visitor {
    /** A directory, before its tree is loaded; says whether to go into it. */
    default boolean enter(NodePath path, Node directory) {
      return true;
    }

    /** A directory's tree is loaded, before its entries. The root comes with its path alone. */
    default void open(NodePath path, Tree tree) {}

    /** An entry that is not a directory. */
    void visit(NodePath path, Node node);

    /**
     * A tree that cannot be loaded or decoded; its directory is empty then. The root has no node.
     */
    default void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
      throw e;
    }

    /** A directory that was entered, after all that is below it. Not told of the root. */
    default void leave(NodePath path, Node directory) {}
  }

  private record Level(NodePath path, Node directory, Iterator<Node> entries) {}

  private final Trees trees;
  private final Visitor visitor;
  private final Deque<Level> levels = new ArrayDeque<>();

  private TreeWalk(Trees trees, Visitor visitor) {
    this.trees = trees;
    this.visitor = visitor;
  }

  /** Walks through all that is below a tree. */
  public static void walk(Trees trees, Id root, Visitor visitor) {
    new TreeWalk(trees, visitor).run(root);
  }

  private void run(Id root) {
    descend(NodePath.ROOT, null, root);
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.entries.hasNext()) {
        entry(level.path, level.entries.next());
      } else {
        levels.pop();
        if (level.directory != null) {
          visitor.leave(level.path, level.directory);
        }
      }
    }
  }

  private void entry(NodePath parent, Node node) {
    NodePath path = parent.child(node.name());
    if (node.type() != NodeType.DIR) {
      visitor.visit(path, node);
    } else if (visitor.enter(path, node)) {
      descend(path, node, node.subtree());
    }
  }

  private void descend(NodePath path, Node directory, Id subtree) {
    Tree tree;
    try {
      tree = load(path, subtree);
    } catch (RepositoryException e) {
      visitor.unreadable(path, Optional.ofNullable(directory), e);
      levels.push(new Level(path, directory, Collections.emptyIterator()));
      return;
    }
    visitor.open(path, tree);
    levels.push(new Level(path, directory, tree.nodes().iterator()));
  }

  private Tree load(NodePath path, Id subtree) {
    if (subtree == null) {
      throw RepositoryException.damaged("the directory " + path + " names no tree", null);
    }
    return TreeDecoder.decode(trees.load(subtree));
  }
}
