package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TreePath;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Streams one file of a snapshot as it is, or a directory as an archive. Thread-safe. */
public final class Dump {
  /** The forms in which a directory is streamed. */
  public enum Form {
    /** A tar file in the pax format. */
    TAR,
    /** A ZIP file. */
    ZIP
  }

  private final Repository repository;
  private final RestoreListener listener;
  private final Stop stop;

  /** Reads from an open repository; the listener is told of entries that are left out. */
  public Dump(Repository repository, RestoreListener listener, Stop stop) {
    this.repository = repository;
    this.listener = listener;
    this.stop = stop;
  }

  /** What is at the path; a directory named {@code /} for the root. */
  public Node find(Id root, NodePath path) {
    return TreePath.find(tree -> repository.loadBlob(BlobType.TREE, tree), root, path);
  }

  /**
   * Writes the content of a file, or a directory as an archive, to the stream, which stays open.
   * Entries of the archive are named by their paths from the root, as restic's are.
   *
   * @param root the root tree of the snapshot
   * @throws CloudsticException with exit code 1 when the snapshot holds no such file or directory;
   *     with 14 when content is missing or damaged, and then a part may have been written
   * @throws IOException when the stream cannot be written
   */
  public void write(Id root, NodePath path, Form form, OutputStream out) throws IOException {
    Node node = find(root, path);
    switch (node.type()) {
      case FILE -> {
        if (node.content() == null) {
          throw RepositoryException.damaged("the file " + path + " names no content", null);
        }
        new ContentReader(repository, stop).read(node.content(), out::write);
      }
      case DIR -> archive(root, path, node, form, out);
      default ->
          throw new CloudsticException(
              ExitCode.FAILED,
              path + " is no file but " + node.typeWord(),
              "name a file or a directory",
              null);
    }
  }

  private void archive(Id root, NodePath path, Node node, Form form, OutputStream out)
      throws IOException {
    ContentReader content = new ContentReader(repository, stop);
    RestoreReport report = new RestoreReport(listener);
    boolean zip = form == Form.ZIP;
    Archive archive = zip ? new ZipArchive(out, content, null) : new TarArchive(out, content);
    try {
      LocalNames names = zip ? LocalNames.zip() : LocalNames.unix(false);
      if (!path.isRoot()) {
        archive.add(path, node);
      }
      Selected.find(repository, root, path)
          .walk(
              new ArchivePass(
                  Selection.everything(), names, report, stop, archive, path, /* strict= */ true));
      archive.close(); // an archive that has failed must not look whole
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
