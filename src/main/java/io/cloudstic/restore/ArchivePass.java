package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Goes through the snapshot once and writes every entry into an archive. */
final class ArchivePass extends Pass {
  private final RestoreReport report;
  private final Archive archive;
  private final NodePath prefix;
  private final boolean strict;

  /**
   * A pass.
   *
   * @param archive null in a dry run
   * @param prefix where the archive puts what is at the root of the walk
   * @param strict whether damage ends it; otherwise it is reported and the entry left out
   */
  ArchivePass(
      Selection selection,
      LocalNames names,
      RestoreReport report,
      Stop stop,
      Archive archive,
      NodePath prefix,
      boolean strict) {
    super(selection, names, stop);
    this.report = report;
    this.archive = archive;
    this.prefix = prefix;
    this.strict = strict;
  }

  @Override
  boolean begin(Level directory, Node node) {
    if (directory.taken) {
      write(directory.path, directory.local, node);
    }
    return true;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    write(path, local, node);
  }

  private void write(NodePath path, NodePath local, Node node) {
    report.found(node);
    if (!path.name().equals(local.name())) {
      report.renamed(path, local.name().terminalSafe());
    }
    try {
      report.done(path, node, add(local, node) ? Action.RESTORED : Action.LEFT_OUT);
    } catch (RepositoryException e) {
      if (strict) {
        throw e;
      }
      report.problem(path, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean add(NodePath local, Node node) throws IOException {
    if (archive == null) {
      return node.type() == NodeType.DIR
          || node.type() == NodeType.FILE
          || node.type() == NodeType.SYMLINK;
    }
    NodePath name = prefix;
    for (NodeName each : local.names()) {
      name = name.child(each);
    }
    return archive.add(name, node);
  }

  @Override
  public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
    if (strict) {
      throw e;
    }
    report.problem(path, e);
  }
}
