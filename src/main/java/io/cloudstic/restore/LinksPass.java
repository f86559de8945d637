package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The second pass: links, pipes and further names of files, and from the leaves up the metadata of
 * directories, whose times and modes the work inside them would spoil.
 */
final class LinksPass extends DirectoryPass {
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Target target;
  private final HardLinks hardLinks;
  private final LinkRestorer links;
  private final Metadata metadata;

  LinksPass(
      RestoreRequest request,
      RestoreReport report,
      Stop stop,
      Target target,
      LocalNames names,
      HardLinks hardLinks,
      LinkRestorer links,
      Metadata metadata) {
    super(request, target.root(), names, stop);
    this.request = request;
    this.report = report;
    this.target = target;
    this.hardLinks = hardLinks;
    this.links = links;
    this.metadata = metadata;
  }

  @Override
  void entry(Level in, NodePath path, NodePath local, Node node) {
    try {
      Path place = place(in, local);
      switch (node.type()) {
        case FILE -> {
          if (!hardLinks.isFirst(node, place)) {
            links.hardLink(hardLinks.first(node), place, path, node);
          }
        }
        case SYMLINK -> report.done(path, node, links.symbolicLink(place, node));
        case FIFO -> report.done(path, node, links.pipe(place, node));
        default -> report.done(path, node, Action.LEFT_OUT);
      }
    } catch (IOException e) {
      TargetFullException.throwIfFull(target.root(), e);
      report.problem(path, e);
    }
  }

  @Override
  void end(Level directory, Node node) {
    if (request.dryRun() || !directory.taken && !directory.used) {
      return;
    }
    try {
      metadata.apply(directory.directory, node);
    } catch (IOException e) {
      report.problem(directory.path, e);
    }
  }
}
