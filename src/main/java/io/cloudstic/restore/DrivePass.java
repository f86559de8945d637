package io.cloudstic.restore;

import io.cloudstic.onedrive.GraphException;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restore.DriveFolder.NameTakenException;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Goes through the snapshot once, makes folders, and hands files to the workers. */
final class DrivePass extends Pass {
  private final DriveRestoreRequest request;
  private final DriveFolder.Drive drive;
  private final DriveFileRestorer files;
  private final RestoreReport report;
  private final WriteRefusal refusal;
  private final Workers workers;
  private final Deque<DriveFolder> folders = new ArrayDeque<>();

  DrivePass(
      DriveRestoreRequest request,
      DriveFolder.Drive drive,
      DriveFolder top,
      DriveFileRestorer files,
      RestoreReport report,
      WriteRefusal refusal,
      Workers workers,
      Stop stop) {
    super(request.selection(), LocalNames.oneDrive(), stop);
    this.request = request;
    this.drive = drive;
    this.files = files;
    this.report = report;
    this.refusal = refusal;
    this.workers = workers;
    folders.push(top);
  }

  @Override
  boolean begin(Level directory, Node node) {
    String name = directory.local.name().text();
    DriveFolder[] self = new DriveFolder[1];
    DriveFolder folder =
        new DriveFolder(
            folders.peek(),
            name,
            null,
            () -> finish(self[0], directory.path, node, directory.taken));
    self[0] = folder;
    if (directory.taken) {
      report.found(node);
      noteRenamed(directory.path, directory.local);
      try {
        boolean made = folder.ensure(drive);
        refusal.passed();
        report.done(directory.path, node, made ? Action.RESTORED : Action.UNCHANGED);
      } catch (NameTakenException e) {
        report.problem(directory.path, e.getMessage());
        folder.end();
        return false;
      } catch (GraphException e) {
        report.problem(directory.path, refusal.problem(e));
        folder.end();
        return false;
      }
    }
    folders.push(folder);
    return true;
  }

  @Override
  void end(Level directory, Node node) {
    folders.pop().end();
  }

  /** Times come last: what is put into a folder changes them. */
  private void finish(DriveFolder folder, NodePath path, Node node, boolean taken) {
    boolean ours = folder.isTouched() || request.conflict() == Conflict.REPLACE;
    if (drive.writer() == null || !taken || !ours || folder.id() == null) {
      return;
    }
    try {
      drive
          .writer()
          .setTimes(
              drive.id(), folder.id(), DriveFileRestorer.created(node), node.mtime().toInstant());
    } catch (GraphException e) {
      report.problem(path, refusal.problem(e));
    }
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    report.found(node);
    if (node.type() != NodeType.FILE) {
      report.done(path, node, Action.LEFT_OUT);
      return;
    }
    noteRenamed(path, local);
    DriveFolder folder = folders.peek();
    try {
      folder.ensure(drive);
      refusal.passed();
    } catch (NameTakenException e) {
      report.problem(path, e.getMessage());
      return;
    } catch (GraphException e) {
      report.problem(path, refusal.problem(e));
      return;
    }
    folder.begin();
    workers.submit(() -> bring(folder, path, local, node));
  }

  private void bring(DriveFolder folder, NodePath path, NodePath local, Node node) {
    try {
      Action action = files.bring(folder, local.name().text(), path, node);
      refusal.passed();
      report.done(path, node, action);
    } catch (RepositoryException e) {
      report.problem(path, e);
    } catch (NameTakenException e) {
      report.problem(path, e.getMessage());
    } catch (GraphException e) {
      report.problem(path, refusal.problem(e));
    } catch (IOException e) {
      report.problem(path, e);
    } finally {
      folder.end();
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
