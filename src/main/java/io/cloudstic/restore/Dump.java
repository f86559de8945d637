package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreePath;
import java.io.IOException;
import java.io.OutputStream;

/** Streams one file of a snapshot. Thread-safe. */
public final class Dump {
  private final Repository repository;

  /** Reads from an open repository. */
  public Dump(Repository repository) {
    this.repository = repository;
  }

  /**
   * Writes the content of a file to the stream, which stays open.
   *
   * @param root the root tree of the snapshot
   * @throws CloudsticException with exit code 1 when the snapshot holds no such file, or it is a
   *     directory; with 14 when content is missing or damaged, and then a part may have been
   *     written
   * @throws IOException when the stream cannot be written
   */
  public void write(Id root, NodePath path, OutputStream out) throws IOException {
    Node node = TreePath.find(tree -> repository.loadBlob(BlobType.TREE, tree), root, path);
    if (node.type() != NodeType.FILE) {
      String what = node.type() == NodeType.DIR ? "a directory" : "no file but " + node.typeWord();
      throw new CloudsticException(
          ExitCode.FAILED,
          path + " is " + what,
          "to get a directory, use: cloudstic restore SNAPSHOT:" + path + " -output DIR",
          null);
    }
    if (node.content() == null) {
      throw RepositoryException.damaged("the file " + path + " names no content", null);
    }
    new ContentReader(repository).read(node.content(), out::write);
  }
}
