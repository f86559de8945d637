package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.restore.Selection.Choice;
import io.cloudstic.run.Stop;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * One way through the snapshot, with what every pass must know alike: which entries are selected,
 * and what they are called in the target.
 */
abstract class Pass implements TreeWalk.Visitor {
  /** A directory on the way from the root to the present place. */
  static final class Level {
    final Level parent;
    final NodePath path;

    /** Its path by local names. */
    final NodePath local;

    /** Whether it is wanted itself, and not only for something below. */
    final boolean taken;

    private Map<Node, NodeName> renamed = Map.of();

    /** Where it is on disk, once that is known to be a real directory. */
    Path directory;

    /** Whether the pass has made it, so that nothing can stand in it. */
    boolean fresh;

    /** The keys of the local names of its entries, where a pass has collected them. */
    Set<Object> expected;

    /** Whether something in it was selected. */
    boolean used;

    private Level(Level parent, NodePath path, NodePath local, boolean taken) {
      this.parent = parent;
      this.path = path;
      this.local = local;
      this.taken = taken;
    }

    NodeName localName(Node node) {
      return renamed.getOrDefault(node, node.name());
    }
  }

  private final Selection selection;
  private final LocalNames names;
  private final Stop stop;
  private Level level;

  Pass(Selection selection, LocalNames names, Stop stop) {
    this.selection = selection;
    this.names = names;
    this.stop = stop;
  }

  /** A selected entry that is not a directory, in its directory. */
  abstract void entry(Level in, NodePath path, NodePath local, Node node);

  /** A directory that is wanted, or may have something below that is; says whether to go in. */
  abstract boolean begin(Level directory, Node node);

  /** A directory that was begun, after all that is below it. */
  void end(Level directory, Node node) {}

  /** The entries of a directory are known. */
  void opened(Level directory, Tree tree) {}

  /** The root, before everything. */
  void beginRoot(Level root) {}

  @Override
  public final void open(NodePath path, Tree tree) {
    if (path.isRoot()) {
      level = new Level(null, NodePath.ROOT, NodePath.ROOT, true);
      beginRoot(level);
    }
    level.renamed = names.renamed(tree.nodes());
    opened(level, tree);
  }

  @Override
  public final boolean enter(NodePath path, Node directory) {
    stop.check();
    Choice choice = selection.choose(path, true);
    if (choice == Choice.NONE) {
      return false;
    }
    NodePath local = level.local.child(level.localName(directory));
    Level below = new Level(level, path, local, choice == Choice.TAKE);
    if (!begin(below, directory)) {
      return false;
    }
    level = below;
    return true;
  }

  @Override
  public final void leave(NodePath path, Node directory) {
    end(level, directory);
    level = level.parent;
  }

  @Override
  public final void visit(NodePath path, Node node) {
    if (selection.choose(path, false) == Choice.TAKE) {
      for (Level at = level; at != null && !at.used; at = at.parent) {
        at.used = true;
      }
      entry(level, path, level.local.child(level.localName(node)), node);
    }
  }
}
