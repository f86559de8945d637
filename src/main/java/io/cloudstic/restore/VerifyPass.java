package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The last pass, when it is asked for: reads every file back and compares it with its hashes. */
final class VerifyPass extends DirectoryPass {
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Stop stop;
  private final FileRestorer files;
  private final Workers workers;

  VerifyPass(
      RestoreRequest request,
      RestoreReport report,
      Stop stop,
      Target target,
      LocalNames names,
      FileRestorer files,
      Workers workers) {
    super(request, target.root(), names, stop);
    this.request = request;
    this.report = report;
    this.stop = stop;
    this.files = files;
    this.workers = workers;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    if (node.type() != NodeType.FILE || node.content() == null) {
      return;
    }
    try {
      Path file = place(in, local);
      workers.submit(() -> verify(file, path, node));
    } catch (IOException e) {
      // the first pass has reported it
    }
  }

  private void verify(Path file, NodePath path, Node node) {
    stop.check();
    try {
      Optional<BasicFileAttributes> found = Target.look(file);
      if (found.isEmpty() || isKept(found.get(), node)) {
        return; // what is missing was reported, what was kept need not be equal
      }
      if (files.isEqual(file, node)) {
        report.verified();
      } else {
        report.problem(path, "the file in the target differs from the snapshot");
      }
    } catch (IOException e) {
      report.problem(path, e);
    }
  }

  private boolean isKept(BasicFileAttributes existing, Node node) {
    boolean mayStay =
        request.overwrite() == Overwrite.NEVER || request.overwrite() == Overwrite.IF_NEWER;
    return mayStay && !existing.lastModifiedTime().toInstant().equals(node.mtime().toInstant());
  }
}
