package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import java.io.IOException;

/** A file of files that is written from its beginning to its end. Not thread-safe. */
interface Archive {
  /**
   * Adds an entry.
   *
   * @param name its path in the archive, which stays inside whatever unpacks it
   * @return whether the archive can hold entries of this kind
   * @throws io.cloudstic.restic.RepositoryException when content is missing or damaged
   */
  boolean add(NodePath name, Node node) throws IOException;

  /** Writes what makes it whole, when all entries are there. The stream stays open. */
  void close() throws IOException;
}
