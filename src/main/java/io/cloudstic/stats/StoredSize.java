package io.cloudstic.stats;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the blobs of snapshots take in the repository, each counted once.
 *
 * @param snapshots how many
 * @param blobs data and trees
 * @param packed bytes in packs
 * @param plain bytes before compression and encryption
 */
public record StoredSize(long snapshots, long blobs, long packed, long plain) {

  /**
   * Walks the named snapshots, or all that the filter lets through.
   *
   * @param unreadable is told of each that is damaged, and does not count
   * @throws io.cloudstic.restic.RepositoryException when a tree cannot be read
   */
  public static StoredSize of(
      Repository repository,
      List<String> names,
      SnapshotFilter filter,
      Snapshots.Unreadable unreadable) {
    Counter counter = new Counter(repository);
    repository
        .snapshots()
        .forEach(names, filter, snapshot -> counter.add(snapshot.tree()), unreadable);
    return new StoredSize(counter.snapshots, counter.blobs, counter.packed, counter.plain);
  }

  private static final class Counter {
    private final Repository repository;
    private final Map<BlobType, Set<Id>> seen = new EnumMap<>(BlobType.class);
    private long snapshots;
    private long blobs;
    private long packed;
    private long plain;

    Counter(Repository repository) {
      this.repository = repository;
      for (BlobType type : BlobType.values()) {
        seen.put(type, new HashSet<>());
      }
    }

    void add(Id root) {
      snapshots++;
      Deque<Id> trees = new ArrayDeque<>();
      if (isNew(BlobType.TREE, root)) {
        trees.push(root);
      }
      while (!trees.isEmpty()) {
        byte[] tree = repository.loadBlob(BlobType.TREE, trees.pop());
        TreeDecoder.forEach(tree, node -> add(node, trees));
      }
    }

    private void add(Node node, Deque<Id> trees) {
      if (node.subtree() != null && isNew(BlobType.TREE, node.subtree())) {
        trees.push(node.subtree());
      }
      if (node.content() != null) {
        node.content().forEach(id -> isNew(BlobType.DATA, id));
      }
    }

    private boolean isNew(BlobType type, Id id) {
      if (!seen.get(type).add(id)) {
        return false;
      }
      blobs++;
      repository.index().lookup(type, id).stream()
          .findFirst()
          .ifPresent(
              place -> {
                packed += place.length();
                plain +=
                    place.uncompressedLength() > 0
                        ? place.uncompressedLength()
                        : place.length() - Envelope.OVERHEAD;
              });
      return true;
    }
  }
}
