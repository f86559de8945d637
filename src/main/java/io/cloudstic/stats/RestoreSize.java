package io.cloudstic.stats;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TreeWalk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What snapshots would take when restored, counted as {@code restic stats} does: of a file with
 * several names the content counts once in a snapshot.
 *
 * @param snapshots how many
 * @param entries files, directories and the rest in them
 * @param bytes of the files
 */
public record RestoreSize(long snapshots, long entries, long bytes) {

  /**
   * Walks the named snapshots, or all that the filter lets through.
   *
   * @param unreadable is told of each that is damaged, and does not count
   * @throws io.cloudstic.restic.RepositoryException when a tree cannot be read
   */
  public static RestoreSize of(
      Repository repository,
      List<String> names,
      SnapshotFilter filter,
      Snapshots.Unreadable unreadable) {
    Counter counter = new Counter(repository);
    repository.snapshots().forEach(names, filter, counter::add, unreadable);
    return new RestoreSize(counter.snapshots, counter.entries, counter.bytes);
  }

  private static final class Counter implements TreeWalk.Visitor {
    private final Repository repository;
    private final Set<HardLink> seen = new HashSet<>();
    private long snapshots;
    private long entries;
    private long bytes;

    Counter(Repository repository) {
      this.repository = repository;
    }

    void add(Snapshot snapshot) {
      snapshots++;
      seen.clear();
      TreeWalk.walk(tree -> repository.loadBlob(BlobType.TREE, tree), snapshot.tree(), this);
    }

    @Override
    public boolean enter(NodePath path, Node directory) {
      entries++;
      return true;
    }

    @Override
    public void visit(NodePath path, Node node) {
      entries++;
      if (node.links() <= 1 || seen.add(new HardLink(node.inode(), node.deviceId()))) {
        bytes += node.size();
      }
    }
  }

  private record HardLink(long inode, long device) {}
}
