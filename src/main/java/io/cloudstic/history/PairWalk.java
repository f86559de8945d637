package io.cloudstic.history;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes through two trees side by side, in the order of names, depth first. A directory that is the
 * same on both sides is shown and not entered. Only the directories down to the present place are
 * in memory.
 */
final class PairWalk {
  /** Is shown every pair, and says what of it is to be entered. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A pair, before what is below it.
     *
     * @return the pair whose entries are to be compared, which is another one for an item that
     *     moved; null to enter nothing
     */
    Pair visit(Pair pair);
  }

  private final TreeCache trees;
  private final Visitor visitor;
  private final Deque<Iterator<Pair>> levels = new ArrayDeque<>();

  private PairWalk(TreeCache trees, Visitor visitor) {
    this.trees = trees;
    this.visitor = visitor;
  }

  /** Shows all pairs below two trees; none when they are equal. */
  static void walk(TreeCache trees, Id before, Id after, Visitor visitor) {
    if (!before.equals(after)) {
      new PairWalk(trees, visitor).run(before, after);
    }
  }

  private void run(Id before, Id after) {
    levels.push(entries(before, NodePath.ROOT, "", after, NodePath.ROOT, ""));
    while (!levels.isEmpty()) {
      if (levels.peek().hasNext()) {
        Pair entered = visitor.visit(levels.peek().next());
        if (entered != null && entered.hasEntries() && !entered.hasEqualTrees()) {
          levels.push(entries(entered));
        }
      } else {
        levels.pop();
      }
    }
  }

  private Iterator<Pair> entries(Pair pair) {
    return entries(
        pair.isDirectoryBefore() ? pair.before().subtree() : null,
        pair.beforePath(),
        pair.isDirectoryBefore() ? ItemIds.of(pair.before()) : "",
        pair.isDirectoryAfter() ? pair.after().subtree() : null,
        pair.afterPath(),
        pair.isDirectoryAfter() ? ItemIds.of(pair.after()) : "");
  }

  private Iterator<Pair> entries(
      Id before,
      NodePath beforePath,
      String parentBefore,
      Id after,
      NodePath afterPath,
      String parentAfter) {
    Map<NodeName, Node[]> byName = new TreeMap<>();
    add(byName, before, 0);
    add(byName, after, 1);
    return byName.entrySet().stream()
        .map(
            entry ->
                new Pair(
                    beforePath.child(entry.getKey()),
                    entry.getValue()[0],
                    afterPath.child(entry.getKey()),
                    entry.getValue()[1],
                    parentBefore,
                    parentAfter))
        .iterator();
  }

  private void add(Map<NodeName, Node[]> byName, Id tree, int side) {
    if (tree != null) {
      for (Node node : load(tree, side).nodes()) {
        byName.computeIfAbsent(node.name(), name -> new Node[2])[side] = node;
      }
    }
  }

  private Tree load(Id tree, int side) {
    try {
      return trees.load(tree);
    } catch (RepositoryException e) {
      throw new UnreadableSideException(side == 0, e);
    }
  }
}
