package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The first pass: counts, makes directories, and hands files on. */
final class FilesPass extends DirectoryPass {
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Target target;
  private final Parts parts;
  private final HardLinks hardLinks;
  private final FileBatches files;
  private final Extras extras;

  FilesPass(
      RestoreRequest request,
      RestoreReport report,
      Stop stop,
      Target target,
      Parts parts,
      LocalNames names,
      HardLinks hardLinks,
      FileBatches files,
      Extras extras) {
    super(request, target.root(), names, stop);
    this.request = request;
    this.report = report;
    this.target = target;
    this.parts = parts;
    this.hardLinks = hardLinks;
    this.files = files;
    this.extras = extras;
  }

  @Override
  boolean begin(Level directory, Node node) {
    if (!directory.taken) {
      return true; // made when something below it is wanted
    }
    report.found(node);
    noteRenamed(directory.path, directory.local);
    try {
      boolean made = make(directory);
      report.done(directory.path, node, made ? Action.RESTORED : Action.UNCHANGED);
      return true;
    } catch (IOException e) {
      TargetFullException.throwIfFull(target.root(), e);
      report.problem(directory.path, e);
      return false;
    }
  }

  /** Makes the directory, and those above it that were only passed through so far. */
  private boolean make(Level directory) throws IOException {
    if (directory.directory != null) {
      return false;
    }
    make(directory.parent);
    Path path = place(directory.parent, directory.local);
    boolean replace = request.overwrite() != Overwrite.NEVER;
    boolean made =
        request.dryRun() ? !Target.isDirectory(path) : target.makeDirectory(path, replace);
    if (!made && !request.dryRun()) {
      parts.takeOver(path);
    }
    directory.directory = path;
    directory.fresh = made;
    return made;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    report.found(node);
    noteRenamed(path, local);
    try {
      make(in);
      Path file = place(in, local);
      parts.spare(file);
      if (extras != null && !in.fresh) {
        extras.clear(file, path);
      }
      if (node.type() == NodeType.FILE && hardLinks.isFirst(node, file)) {
        files.add(file, path, node, in.fresh);
      }
    } catch (IOException e) {
      report.problem(path, e);
    }
  }

  private void noteRenamed(NodePath path, NodePath local) {
    if (!path.name().equals(local.name())) {
      report.renamed(path, local.name().terminalSafe());
    }
  }

  @Override
  public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
    report.problem(path, e);
  }
}
