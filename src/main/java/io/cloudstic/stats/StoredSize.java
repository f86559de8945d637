package io.cloudstic.stats;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * What the blobs of snapshots take in the repository, each counted once. All sizes are of encrypted
 * blobs, as restic counts them: 32 bytes more than what is encrypted.
 *
 * @param snapshots how many
 * @param blobs data and trees
 * @param packed bytes in packs
 * @param uncompressed bytes that it would be if nothing were compressed
 * @param compressed the part of {@code packed} that is compressed
 * @param expanded the part of {@code uncompressed} that is compressed
 */
public record StoredSize(
    long snapshots, long blobs, long packed, long uncompressed, long compressed, long expanded) {

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
    return counter.size();
  }

  /** How much smaller the compressed blobs have become; 1 when there are none. */
  public double ratio() {
    return compressed == 0 ? 1 : (double) expanded / compressed;
  }

  /** The percentage of the bytes that is compressed. */
  public double progress() {
    return uncompressed == 0 ? 0 : 100.0 * expanded / uncompressed;
  }

  /** The percentage of the bytes that compression saves. */
  public double saving() {
    return uncompressed == 0 ? 0 : (1 - (double) packed / uncompressed) * 100;
  }

  /** A bit for each blob of the index tells which were seen. */
  private static final class Counter {
    private final Repository repository;
    private final BlobIndex index;
    private final BitSet seen = new BitSet();
    private long snapshots;
    private long packed;
    private long uncompressed;
    private long compressed;
    private long expanded;

    Counter(Repository repository) {
      this.repository = repository;
      this.index = repository.index();
    }

    void add(Id root) {
      snapshots++;
      Deque<Id> trees = new ArrayDeque<>();
      visit(root, trees);
      while (!trees.isEmpty()) {
        byte[] tree = repository.loadBlob(BlobType.TREE, trees.pop());
        TreeDecoder.forEach(tree, node -> add(node, trees));
      }
    }

    private void add(Node node, Deque<Id> trees) {
      if (node.subtree() != null) {
        visit(node.subtree(), trees);
      }
      if (node.content() != null) {
        node.content().forEach(id -> count(index.number(BlobType.DATA, id)));
      }
    }

    /** A tree that is missing is put on the way, too: reading it says so. */
    private void visit(Id tree, Deque<Id> trees) {
      int number = index.number(BlobType.TREE, tree);
      if (number < 0 || count(number)) {
        trees.push(tree);
      }
    }

    /** Counts a blob unless it was or is missing; says whether it did. */
    private boolean count(int number) {
      if (number < 0 || seen.get(number)) {
        return false;
      }
      seen.set(number);
      PackedBlob blob = index.blob(number);
      long full = blob.plainLength() + Envelope.OVERHEAD;
      packed += blob.length();
      uncompressed += full;
      if (blob.isCompressed()) {
        compressed += blob.length();
        expanded += full;
      }
      return true;
    }

    StoredSize size() {
      return new StoredSize(
          snapshots, seen.cardinality(), packed, uncompressed, compressed, expanded);
    }
  }
}
