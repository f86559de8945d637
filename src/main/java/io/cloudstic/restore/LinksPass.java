package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;

/**
 * The second pass: links, pipes and further names of files, and from the leaves up the metadata of
 * directories, whose times and modes the work inside them would spoil.
 */
final class LinksPass extends DirectoryPass {
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Target target;
  private final Parts parts;
  private final HardLinks hardLinks;
  private final LinkRestorer links;
  private final Metadata metadata;
  private final Extras extras;
  private final LocalNames names;

  LinksPass(
      RestoreRequest request,
      RestoreReport report,
      Stop stop,
      Target target,
      Parts parts,
      LocalNames names,
      HardLinks hardLinks,
      LinkRestorer links,
      Metadata metadata,
      Extras extras) {
    super(request, target.root(), names, stop);
    this.request = request;
    this.report = report;
    this.target = target;
    this.parts = parts;
    this.hardLinks = hardLinks;
    this.links = links;
    this.metadata = metadata;
    this.names = names;
    this.extras = extras;
  }

  @Override
  void opened(Level directory, Tree tree) {
    if (extras == null) {
      return;
    }
    directory.expected = new HashSet<>();
    for (Node node : tree.nodes()) {
      directory.expected.add(names.key(directory.localName(node)));
    }
    if (directory.path.isRoot()) {
      // Nothing tells of the root's end, and what goes and what comes have no names in common.
      removeExtras(directory);
    }
  }

  private void removeExtras(Level directory) {
    // A directory that could not be read may hold anything.
    if (extras != null && directory.expected != null) {
      try {
        extras.removeFrom(directory.directory, directory.path, directory.expected, names);
      } catch (IOException e) {
        report.problem(directory.path, e);
      }
    }
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
        case DEV, CHARDEV -> report.done(path, node, links.device(place, node));
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
    removeExtras(directory);
    if (request.dryRun() || !directory.taken && !directory.used) {
      return;
    }
    try {
      if (!target.wasEmpty()) {
        parts.removeFrom(directory.directory);
      }
      metadata.apply(directory.directory, node);
    } catch (IOException e) {
      report.problem(directory.path, e);
    }
  }
}
