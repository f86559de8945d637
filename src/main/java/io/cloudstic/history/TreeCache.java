package io.cloudstic.history;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeDecoder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The trees of a repository, of which those that were used last are kept: snapshots share most of
 * theirs. Not thread-safe.
 */
final class TreeCache {
  /** In bytes of JSON, which take about three times as much when they are decoded. */
  private static final long KEPT_BYTES = 16L << 20;

  private record Kept(Tree tree, int bytes) {}

  private final Repository repository;
  private final Map<Id, Kept> kept = new LinkedHashMap<>(64, 0.75f, /* accessOrder= */ true);
  private long keptBytes;

  TreeCache(Repository repository) {
    this.repository = repository;
  }

  /**
   * A tree.
   *
   * @param tree its id; null in a damaged directory
   * @throws RepositoryException when it cannot be read
   */
  Tree load(Id tree) {
    if (tree == null) {
      throw RepositoryException.damaged("a directory names no tree", null);
    }
    Kept known = kept.get(tree);
    if (known != null) {
      return known.tree;
    }
    byte[] blob = repository.loadBlob(BlobType.TREE, tree);
    Tree decoded = TreeDecoder.decode(blob);
    keep(tree, new Kept(decoded, blob.length));
    return decoded;
  }

  private void keep(Id tree, Kept loaded) {
    kept.put(tree, loaded);
    keptBytes += loaded.bytes;
    for (Iterator<Kept> oldest = kept.values().iterator(); keptBytes > KEPT_BYTES; ) {
      keptBytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
