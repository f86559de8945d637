package io.cloudstic.backup;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The directories of the parent snapshot, loaded one by one as a walk comes to them. What has left
 * the index counts as not there: the files below it are read again, which heals the damage. What
 * the index names and nobody can read ends the run, for the new snapshot would rely on it as well.
 */
final class PreviousTrees {
  private final Repository repository;

  PreviousTrees(Repository repository) {
    this.repository = repository;
  }

  /** The root of the snapshot; an empty directory when there is none. */
  Directory root(Snapshot snapshot) {
    return snapshot == null ? Directory.EMPTY : load(snapshot.tree());
  }

  /** The directory behind a node; an empty one when the node is null or no directory. */
  Directory directory(Node node) {
    return node == null || node.type() != NodeType.DIR ? Directory.EMPTY : load(node.subtree());
  }

  /** Whether the repository still has all these chunks. */
  boolean hasAll(List<Id> content) {
    return content.stream().allMatch(id -> repository.index().contains(BlobType.DATA, id));
  }

  /** Names everything in and below a node that a walk did not come across. */
  void removed(Node node, Consumer<Node> sink) {
    Deque<Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      Node next = open.pop();
      sink.accept(next);
      if (next.type() == NodeType.DIR) {
        directory(next).rest().forEach(open::push);
      }
    }
  }

  private Directory load(Id tree) {
    if (!repository.index().contains(BlobType.TREE, tree)) {
      return Directory.EMPTY;
    }
    Map<NodeName, Node> nodes = new HashMap<>();
    TreeDecoder.forEach(
        repository.loadBlob(BlobType.TREE, tree), node -> nodes.put(node.name(), node));
    return new Directory(nodes);
  }

  /** The nodes of one directory that were not taken yet. */
  static final class Directory {
    private static final Directory EMPTY = new Directory(new HashMap<>());

    private final Map<NodeName, Node> nodes;

    private Directory(Map<NodeName, Node> nodes) {
      this.nodes = nodes;
    }

    /** The node of this name, once; null when there is none. */
    Node take(NodeName name) {
      return nodes.remove(name);
    }

    /** What nobody took. */
    List<Node> rest() {
      return new ArrayList<>(nodes.values());
    }
  }
}
