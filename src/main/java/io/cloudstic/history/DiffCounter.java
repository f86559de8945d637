package io.cloudstic.history;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Counts while two trees are compared. Blobs are noted as the numbers that the index gives them, so
 * that a set of a million takes 128 KiB. Not thread-safe.
 */
final class DiffCounter {
  private final Repository repository;
  private final BlobIndex index;
  private final Side before = new Side();
  private final Side after = new Side();
  private final BitSet shared = new BitSet();
  private long changedFiles;

  private static final class Side {
    final BitSet blobs = new BitSet();
    long files;
    long dirs;
    long others;

    void count(Node node) {
      switch (node.type()) {
        case FILE -> files++;
        case DIR -> dirs++;
        default -> others++;
      }
    }
  }

  DiffCounter(Repository repository, Id treeBefore, Id treeAfter) {
    this.repository = repository;
    this.index = repository.index();
    note(before.blobs, BlobType.TREE, treeBefore);
    note(after.blobs, BlobType.TREE, treeAfter);
  }

  void count(Pair pair) {
    note(before.blobs, pair.before());
    note(after.blobs, pair.after());
    if (pair.isGone()) {
      before.count(pair.before());
    } else if (pair.isCome()) {
      after.count(pair.after());
    } else if (pair.hasEqualTrees()) {
      note(shared, BlobType.TREE, pair.before().subtree());
    } else if (Contents.differ(pair)) {
      changedFiles++;
    }
  }

  private void note(BitSet blobs, Node node) {
    if (node == null) {
      return;
    }
    if (node.type() == NodeType.FILE && node.content() != null) {
      node.content().forEach(id -> note(blobs, BlobType.DATA, id));
    } else if (node.type() == NodeType.DIR && node.subtree() != null) {
      note(blobs, BlobType.TREE, node.subtree());
    }
  }

  /** A blob that is in no index has no number, and does not count. */
  private void note(BitSet blobs, BlobType type, Id id) {
    int number = index.number(type, id);
    if (number >= 0) {
      blobs.set(number);
    }
  }

  DiffStatistics statistics(long renamed) {
    BitSet both = (BitSet) before.blobs.clone();
    both.and(after.blobs);
    before.blobs.andNot(both);
    after.blobs.andNot(both);
    takeAwayShared();
    return new DiffStatistics(changedFiles, tally(after), tally(before), renamed);
  }

  /** What both snapshots hold in places that did not change is new to neither. */
  private void takeAwayShared() {
    BitSet seen = (BitSet) shared.clone();
    Deque<Id> open = new ArrayDeque<>();
    for (int tree = shared.nextSetBit(0); tree >= 0; tree = shared.nextSetBit(tree + 1)) {
      open.push(index.blob(tree).id());
      while (!open.isEmpty() && !(before.blobs.isEmpty() && after.blobs.isEmpty())) {
        takeAway(open.pop(), seen, open);
      }
    }
  }

  private void takeAway(Id tree, BitSet seen, Deque<Id> open) {
    int number = index.number(BlobType.TREE, tree);
    before.blobs.clear(number);
    after.blobs.clear(number);
    TreeDecoder.forEach(
        repository.loadBlob(BlobType.TREE, tree),
        node -> {
          if (node.type() == NodeType.DIR && node.subtree() != null) {
            int below = index.number(BlobType.TREE, node.subtree());
            if (below >= 0 && !seen.get(below)) {
              seen.set(below);
              open.push(node.subtree());
            }
          } else if (node.type() == NodeType.FILE && node.content() != null) {
            takeAway(node.content());
          }
        });
  }

  private void takeAway(List<Id> content) {
    for (Id id : content) {
      int number = index.number(BlobType.DATA, id);
      if (number >= 0) {
        before.blobs.clear(number);
        after.blobs.clear(number);
      }
    }
  }

  private DiffStatistics.Tally tally(Side side) {
    long data = 0;
    long trees = 0;
    long bytes = 0;
    for (int at = side.blobs.nextSetBit(0); at >= 0; at = side.blobs.nextSetBit(at + 1)) {
      if (index.blob(at).type() == BlobType.DATA) {
        data++;
      } else {
        trees++;
      }
      bytes += index.blob(at).plainLength();
    }
    return new DiffStatistics.Tally(side.files, side.dirs, side.others, data, trees, bytes);
  }
}
