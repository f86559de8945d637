package io.cloudstic.history;

import io.cloudstic.history.FileVersion.Event;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Follows one path through the snapshots of one source. What is at the path in the last snapshot
 * that has it is followed backward and forward: by its item id where it has one, so that its other
 * names and places are part of the history, else by the path. What was at the path before that came
 * there is followed in the same way.
 *
 * <p>A search for an item that is not where it was looks only where two neighbouring snapshots
 * differ. Memory: a place for each snapshot, and the trees that were used last.
 */
public final class FileHistory {
  /** Where the file is in a snapshot. */
  private record Place(NodePath path, Node node) {}

  private final TreeCache trees;
  private final List<Snapshot> snapshots;
  private final NodePath wanted;
  private final Place[] places;

  private FileHistory(TreeCache trees, List<Snapshot> snapshots, NodePath wanted) {
    this.trees = trees;
    this.snapshots = snapshots;
    this.wanted = wanted;
    this.places = new Place[snapshots.size()];
  }

  /**
   * What became of the path, oldest first; empty when no snapshot has it.
   *
   * @param snapshots of one source, oldest first
   * @param path not the root
   * @param unreadable is told of each snapshot of which a tree on the way cannot be read; the
   *     history is then what the others tell
   */
  public static List<FileVersion> of(
      Repository repository,
      List<Snapshot> snapshots,
      NodePath path,
      Snapshots.Unreadable unreadable) {
    TreeCache trees = new TreeCache(repository);
    List<Snapshot> readable = new ArrayList<>(snapshots);
    while (true) {
      FileHistory history = new FileHistory(trees, readable, path);
      try {
        history.follow();
        return history.versions();
      } catch (Damaged e) {
        // What was concluded from it may be wrong: begun anew, mostly from the cache of trees.
        unreadable.snapshot(readable.remove(e.snapshot).id(), e.why);
      }
    }
  }

  /** A snapshot that nothing can be concluded from. */
  private static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int snapshot;
    final transient RepositoryException why;

    Damaged(int snapshot, RepositoryException why) {
      super(why);
      this.snapshot = snapshot;
      this.why = why;
    }
  }

  private void follow() {
    // Those after it are settled: either the file is there, or it is in none of them.
    int end = snapshots.size();
    while (end > 0) {
      int anchor = lastWithPath(end);
      if (anchor < 0) {
        return;
      }
      for (int i = anchor + 1; i < end && places[i - 1] != null; i++) {
        places[i] = next(i - 1, i);
      }
      end = anchor;
      for (Place older = places[end]; older != null && end > 0; ) {
        older = next(end, end - 1);
        if (older != null) {
          places[--end] = older;
        }
      }
    }
  }

  private int lastWithPath(int end) {
    for (int i = end - 1; i >= 0; i--) {
      Node node = find(i, wanted);
      if (node != null) {
        places[i] = new Place(wanted, node);
        return i;
      }
    }
    return -1;
  }

  private Id tree(int snapshot) {
    return snapshots.get(snapshot).tree();
  }

  /** Where what is known of one snapshot is in a neighbour of it, or null. */
  private Place next(int from, int to) {
    Place known = places[from];
    if (tree(from).equals(tree(to))) {
      return known;
    }
    Node there = find(to, known.path);
    String item = ItemIds.of(known.node);
    if (there != null && (item.isEmpty() || item.equals(ItemIds.of(there)))) {
      return new Place(known.path, there);
    }
    return item.isEmpty() ? null : search(item, from, to);
  }

  /** What did not change between the two cannot hold it: there it would be in both. */
  private Place search(String item, int from, int to) {
    Place[] found = new Place[1];
    try {
      PairWalk.walk(
          trees,
          tree(from),
          tree(to),
          pair -> {
            if (found[0] == null && pair.after() != null && item.equals(ItemIds.of(pair.after()))) {
              found[0] = new Place(pair.afterPath(), pair.after());
            }
            return found[0] == null && pair.isDirectoryAfter() ? entered(pair) : null;
          });
    } catch (UnreadableSideException e) {
      throw new Damaged(e.isBefore() ? from : to, e);
    }
    return found[0];
  }

  /** A directory in place of a file is entered as one that is new. */
  private static Pair entered(Pair pair) {
    return pair.isCome() || pair.isDirectoryBefore()
        ? pair
        : new Pair(pair.beforePath(), null, pair.afterPath(), pair.after(), "", "");
  }

  private Node find(int snapshot, NodePath path) {
    try {
      return find(tree(snapshot), path);
    } catch (RepositoryException e) {
      throw new Damaged(snapshot, e);
    }
  }

  private Node find(Id root, NodePath path) {
    Id tree = root;
    Node node = null;
    for (NodeName name : path.names()) {
      if (tree == null) {
        return null;
      }
      node = trees.load(tree).find(name).orElse(null);
      if (node == null) {
        return null;
      }
      tree = node.type() == NodeType.DIR ? node.subtree() : null;
    }
    return node;
  }

  private List<FileVersion> versions() {
    List<FileVersion> versions = new ArrayList<>();
    Place before = null;
    for (int i = 0; i < places.length; i++) {
      Place now = places[i];
      Event event = event(before, now);
      if (event != null) {
        boolean moved = event == Event.RENAMED;
        Place shown = now == null ? before : now;
        versions.add(
            new FileVersion(
                event, snapshots.get(i), shown.path, moved ? before.path : null, shown.node));
      }
      before = now;
    }
    return versions;
  }

  private static Event event(Place before, Place now) {
    if (before == null || now == null) {
      return before == now ? null : before == null ? Event.ADDED : Event.REMOVED;
    }
    if (!before.path.equals(now.path)) {
      return Event.RENAMED;
    }
    Node old = before.node;
    Node young = now.node;
    if (!old.typeWord().equals(young.typeWord())
        || !Objects.equals(old.content(), young.content())
        || !Objects.equals(old.subtree(), young.subtree())
        || !Arrays.equals(old.linkTarget(), young.linkTarget())) {
      return Event.CHANGED;
    }
    return old.mode() == young.mode()
            && old.mtime().isEqual(young.mtime())
            && old.uid() == young.uid()
            && old.gid() == young.gid()
        ? null
        : Event.TOUCHED;
  }
}
