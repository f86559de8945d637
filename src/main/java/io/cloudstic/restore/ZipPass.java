package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.util.Optional;

/** Goes through the snapshot once and writes every entry into a ZIP file. */
final class ZipPass extends Pass {
  private final RestoreReport report;
  private final ZipOutput output;

  ZipPass(RestoreRequest request, RestoreReport report, Stop stop, ZipOutput output) {
    super(request.selection(), LocalNames.zip(), stop);
    this.report = report;
    this.output = output;
  }

  @Override
  boolean begin(Level directory, Node node) {
    if (directory.taken) {
      found(directory.path, directory.local, node);
      output.directory(directory.local, node);
      report.done(directory.path, node, Action.RESTORED);
    }
    return true;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    found(path, local, node);
    try {
      report.done(path, node, write(local, node));
    } catch (RepositoryException e) {
      report.problem(path, e);
    }
  }

  private Action write(NodePath local, Node node) {
    switch (node.type()) {
      case FILE -> {
        if (node.content() == null) {
          throw RepositoryException.damaged("the file names no content", null);
        }
        output.file(local, node);
      }
      case SYMLINK -> output.link(local, node);
      default -> {
        return Action.LEFT_OUT;
      }
    }
    return Action.RESTORED;
  }

  private void found(NodePath path, NodePath local, Node node) {
    report.found(node);
    if (!path.name().equals(local.name())) {
      report.renamed(path, local.name().terminalSafe());
    }
  }

  @Override
  public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
    report.problem(path, e);
  }
}
