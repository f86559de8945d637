package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the files of a finished ZIP file back and compares them with their hashes. */
final class ZipVerifyPass extends Pass {
  private final RestoreReport report;
  private final ZipFile zip;
  private final ContentComparison comparison;

  ZipVerifyPass(
      RestoreRequest request, RestoreReport report, Stop stop, ZipFile zip, ContentReader content) {
    super(request.selection(), LocalNames.zip(), stop);
    this.report = report;
    this.zip = zip;
    this.comparison = new ContentComparison(content);
  }

  @Override
  boolean begin(Level directory, Node node) {
    return true;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    ZipEntry entry = zip.getEntry(local.relative());
    if (node.type() != NodeType.FILE || entry == null) {
      return; // what is missing was reported when it was written
    }
    try (InputStream bytes = zip.getInputStream(entry)) {
      if (comparison.isEqual(bytes, node.content())) {
        report.verified();
      } else {
        report.problem(path, "the file in the ZIP file differs from the snapshot");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
    // reported when it was written
  }
}
