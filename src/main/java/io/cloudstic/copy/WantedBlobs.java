package io.cloudstic.copy;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Walks the trees of snapshots, each tree once, and notes which data blobs they need. Blobs are
 * noted by their number in the source's index: a million take 128 KiB. Not thread-safe, but for
 * {@link #lost}.
 *
 * <p>Trees of which the destination has a copy are walked like others: an interrupted copy leaves
 * trees behind whose files are missing.
 */
final class WantedBlobs {
  private final Repository source;
  private final BlobIndex index;
  private final BiPredicate<BlobType, Id> isThere;
  private final BiConsumer<Id, byte[]> trees;
  private final CopyProgress progress;
  private final BitSet seen = new BitSet();
  private final BitSet wanted = new BitSet();
  private final Set<Id> lost = ConcurrentHashMap.newKeySet();

  /**
   * Nothing wanted yet.
   *
   * @param isThere whether the destination has a blob
   * @param trees takes each tree that the destination lacks, while it is at hand
   * @param progress is told of each tree
   */
  WantedBlobs(
      Repository source,
      BiPredicate<BlobType, Id> isThere,
      BiConsumer<Id, byte[]> trees,
      CopyProgress progress) {
    this.source = source;
    this.index = source.index();
    this.isThere = isThere;
    this.trees = trees;
    this.progress = progress;
  }

  /** Adds what a tree and all below it need; the trees themselves are handed on at once. */
  void add(Id root) {
    walk(
        root,
        seen,
        (tree, blob) -> {
          progress.tree();
          if (!isThere.test(BlobType.TREE, tree)) {
            trees.accept(tree, blob);
          }
        },
        this::want);
  }

  private void want(Id blob) {
    if (!isThere.test(BlobType.DATA, blob)) {
      int number = index.number(BlobType.DATA, blob);
      if (number < 0) {
        lost(blob);
      } else {
        wanted.set(number);
      }
    }
  }

  /** How many data blobs are wanted now. */
  long count() {
    return wanted.cardinality();
  }

  /** Whether the blob is still wanted; it no longer is then. */
  boolean take(BlobType type, Id blob) {
    int number = type == BlobType.DATA ? index.number(type, blob) : -1;
    boolean takes = number >= 0 && wanted.get(number);
    if (takes) {
      wanted.clear(number);
    }
    return takes;
  }

  /** Notes a blob or tree that cannot be had. */
  void lost(Id blob) {
    lost.add(blob);
  }

  /** Whether a tree and all below it needs nothing of what is lost. */
  boolean isComplete(Id root) {
    boolean[] complete = {true};
    if (!lost.isEmpty()) {
      walk(root, new BitSet(), (tree, blob) -> {}, blob -> complete[0] &= !lost.contains(blob));
    }
    return complete[0] && !reachedLostTree;
  }

  private boolean reachedLostTree;

  private void walk(Id root, BitSet visited, BiConsumer<Id, byte[]> onTree, Consumer<Id> onData) {
    reachedLostTree = false;
    Deque<Id> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Id tree = open.pop();
      int number = index.number(BlobType.TREE, tree);
      if (number >= 0 && visited.get(number)) {
        continue;
      }
      if (number < 0 || lost.contains(tree)) {
        lose(tree);
        continue;
      }
      visited.set(number);
      byte[] blob;
      try {
        blob = source.loadBlob(BlobType.TREE, tree);
        TreeDecoder.forEach(blob, node -> entry(node, open, onData));
      } catch (RepositoryException e) {
        lose(tree);
        continue;
      }
      onTree.accept(tree, blob);
    }
  }

  private void lose(Id tree) {
    lost(tree);
    reachedLostTree = true;
  }

  private static void entry(Node node, Deque<Id> open, Consumer<Id> onData) {
    if (node.type() == NodeType.DIR && node.subtree() != null) {
      open.push(node.subtree());
    } else if (node.type() == NodeType.FILE && node.content() != null) {
      node.content().forEach(onData);
    }
  }
}
