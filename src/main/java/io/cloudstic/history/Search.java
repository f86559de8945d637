package io.cloudstic.history;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Searches one tree after the other. What is found below a directory is remembered, so that one
 * that many snapshots share is read once, and not entered again where nothing was found. Not
 * thread-safe.
 */
public final class Search {
  /** Entries that are remembered, about 1 KiB each; beyond it trees are read again. */
  private static final int MOST_ENTRIES = 100_000;

  /** Directories that are remembered, about 250 bytes each where nothing is found. */
  private static final int MOST_DIRECTORIES = 400_000;

  private record Place(Id tree, String place) {}

  /** A directory that is being gone through. */
  private static final class Level {
    final NodePath path;
    final Node directory;
    final Place place;
    final boolean isRemembered;
    final Iterator<Node> entries;

    /** What is found here, and the directories below which something is found. */
    final List<Node> useful = new ArrayList<>();

    Level(NodePath path, Node directory, Place place, boolean isRemembered, List<Node> entries) {
      this.path = path;
      this.directory = directory;
      this.place = place;
      this.isRemembered = isRemembered;
      this.entries = entries.iterator();
    }
  }

  private final Repository repository;
  private final SearchCriteria criteria;
  private final Map<Place, List<Node>> known = new HashMap<>();
  private int entriesKnown;

  /** A search through a repository. */
  public Search(Repository repository, SearchCriteria criteria) {
    this.repository = repository;
    this.criteria = criteria;
  }

  /**
   * Gives everything that is found below a tree to the sink, in the order of the trees.
   *
   * @param unreadable is told of each directory whose tree cannot be read, and why; it is empty
   *     then. What it throws ends the search
   */
  public void run(
      Id root,
      BiConsumer<NodePath, Node> sink,
      BiConsumer<NodePath, RepositoryException> unreadable) {
    Deque<Level> levels = new ArrayDeque<>();
    push(levels, NodePath.ROOT, null, root, unreadable);
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.entries.hasNext()) {
        Node node = level.entries.next();
        NodePath path = level.path.child(node.name());
        if (criteria.accepts(path, node)) {
          sink.accept(path, node);
          level.useful.add(node);
        }
        if (mayHold(path, node)) {
          push(levels, path, node, node.subtree(), unreadable);
        }
      } else {
        levels.pop();
        remember(level);
        if (!level.useful.isEmpty() && !levels.isEmpty()) {
          addOnce(levels.peek().useful, level.directory);
        }
      }
    }
  }

  private void push(
      Deque<Level> levels,
      NodePath path,
      Node directory,
      Id tree,
      BiConsumer<NodePath, RepositoryException> unreadable) {
    try {
      levels.push(level(path, directory, tree));
    } catch (RepositoryException e) {
      unreadable.accept(path, e);
    }
  }

  private static void addOnce(List<Node> useful, Node directory) {
    if (useful.isEmpty() || useful.get(useful.size() - 1) != directory) {
      useful.add(directory);
    }
  }

  private boolean mayHold(NodePath path, Node node) {
    if (node.type() != NodeType.DIR || node.subtree() == null || !criteria.mayAcceptBelow(path)) {
      return false;
    }
    List<Node> remembered = known.get(place(path, node.subtree()));
    return remembered == null || !remembered.isEmpty();
  }

  private Place place(NodePath path, Id tree) {
    return new Place(tree, criteria.placeThatCounts(path));
  }

  private Level level(NodePath path, Node directory, Id tree) {
    Place place = place(path, tree);
    List<Node> remembered = known.get(place);
    return remembered != null
        ? new Level(path, directory, place, true, remembered)
        : new Level(path, directory, place, false, read(tree));
  }

  private List<Node> read(Id tree) {
    List<Node> entries = new ArrayList<>();
    TreeDecoder.forEach(repository.loadBlob(BlobType.TREE, tree), entries::add);
    return entries;
  }

  private void remember(Level level) {
    int entries = level.useful.size();
    if (!level.isRemembered
        && known.size() < MOST_DIRECTORIES
        && entriesKnown + entries <= MOST_ENTRIES) {
      known.put(level.place, List.copyOf(level.useful));
      entriesKnown += entries;
    }
  }
}
