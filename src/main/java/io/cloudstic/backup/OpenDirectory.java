package io.cloudstic.backup;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.TreeEncoder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A directory whose children are still on their way. Children are announced first and come in any
 * order, on any thread; when the last has come and no more are announced, the tree is saved and
 * handed on, as a node to the directory above or as the root. Memory is held for the nodes of the
 * directories that are open, no others.
 */
public final class OpenDirectory {
  private final OpenDirectory parent;
  private final Function<Id, Node> asNode;
  private final Consumer<Id> asRoot;
  private final TreeSink trees;
  private final TreeEncoder nodes = new TreeEncoder();

  /** Children announced but not yet here, and one more while the directory is being listed. */
  private int awaited = 1;

  private OpenDirectory(
      OpenDirectory parent, Function<Id, Node> asNode, Consumer<Id> asRoot, TreeSink trees) {
    this.parent = parent;
    this.asNode = asNode;
    this.asRoot = asRoot;
    this.trees = trees;
  }

  /** The root of a snapshot; its tree's id goes to {@code asRoot}. */
  public static OpenDirectory root(TreeSink trees, Consumer<Id> asRoot) {
    return new OpenDirectory(null, null, asRoot, trees);
  }

  /** A directory in this one, announced here; {@code asNode} makes its node from its tree's id. */
  public OpenDirectory directory(Function<Id, Node> asNode) {
    expect();
    return new OpenDirectory(this, asNode, null, trees);
  }

  /** Announces a child that {@link #add} or {@link #drop} will settle. */
  public synchronized void expect() {
    awaited++;
  }

  /** The announced child is here. */
  public void add(Node node) {
    synchronized (this) {
      nodes.add(node);
    }
    settle();
  }

  /** The announced child will not come. */
  public void drop() {
    settle();
  }

  /** Everything was announced. */
  public void listed() {
    settle();
  }

  private void settle() {
    synchronized (this) {
      awaited--;
      if (awaited > 0) {
        return;
      }
    }
    Id tree = trees.save(nodes.encode());
    if (parent == null) {
      asRoot.accept(tree);
    } else {
      parent.add(asNode.apply(tree));
    }
  }
}
