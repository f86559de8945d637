package io.cloudstic.verify;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.CheckListener.Stage;
import io.cloudstic.verify.Finding.Kind;
import java.util.List;
import java.util.Optional;

/** Loads every snapshot and goes through each tree once, whichever snapshots it belongs to. */
final class SnapshotCheck {
  private final Repository repository;
  private final Contents contents;
  private final CheckReport report;
  private final Stop stop;
  private final TreeReader trees;
  private final IdSet visited = new IdSet();

  SnapshotCheck(Repository repository, Contents contents, CheckReport report, Stop stop) {
    this.repository = repository;
    this.contents = contents;
    this.report = report;
    this.stop = stop;
    this.trees = new TreeReader(repository, contents, report);
  }

  void run(List<Id> snapshots) {
    report.snapshots = snapshots.size();
    long done = 0;
    for (Id id : snapshots) {
      stop.check();
      try {
        Snapshot snapshot = repository.snapshots().load(id);
        if (visited.add(snapshot.tree())) {
          TreeWalk.walk(trees::load, snapshot.tree(), new Visitor(id, snapshot.tree()));
        }
      } catch (RepositoryException e) {
        report.add(Finding.error(Kind.SNAPSHOT, id, TerminalText.escape(e.getMessage())));
      } catch (ObjectNotFoundException e) {
        report.snapshots--; // forgotten by somebody else meanwhile
      }
      report.trees = visited.size();
      report.progress(Stage.SNAPSHOTS, ++done, snapshots.size());
    }
  }

  private final class Visitor implements TreeWalk.Visitor {
    private final Id snapshot;
    private final Id root;

    /** The tree whose entries come next. */
    private Id tree;

    Visitor(Id snapshot, Id root) {
      this.snapshot = snapshot;
      this.root = root;
      this.tree = root;
    }

    @Override
    public void open(NodePath path, Tree content) {
      stop.check();
      NodeName previous = null;
      for (Node node : content.nodes()) {
        if (previous != null && previous.compareTo(node.name()) >= 0) {
          report.add(
              Finding.hint(Kind.TREE, tree, "its names are not in order, or not unique")
                  .in(snapshot, path.terminalSafe()));
          break;
        }
        previous = node.name();
      }
      for (Node node : content.nodes()) {
        check(path.child(node.name()), node, tree);
      }
    }

    @Override
    public boolean enter(NodePath path, Node directory) {
      if (directory.subtree() == null || !visited.add(directory.subtree())) {
        return false; // the former has a finding
      }
      tree = directory.subtree();
      return true;
    }

    @Override
    public void visit(NodePath path, Node node) {
      // looked at when its tree was opened
    }

    @Override
    public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
      Id damaged = directory.map(Node::subtree).orElse(root);
      report.add(
          Finding.error(Kind.TREE, damaged, TerminalText.escape(e.getMessage()))
              .in(snapshot, path.terminalSafe()));
    }

    private void check(NodePath path, Node node, Id in) {
      if (node.name().length() == 0) {
        error(in, path, "an entry has no name");
      } else if (!node.name().isValid()) {
        report.add(
            Finding.hint(Kind.TREE, in, "an entry has a name that no file system can hold")
                .in(snapshot, path.terminalSafe()));
      }
      switch (node.type()) {
        case FILE -> checkContent(path, node, in);
        case DIR -> {
          if (node.subtree() == null) {
            error(in, path, "a directory names no tree");
          }
        }
        case IRREGULAR, UNKNOWN ->
            error(
                in, path, "an entry has the type \"" + TerminalText.escape(node.typeWord()) + "\"");
        default -> {
          // links, pipes, sockets and devices have nothing that could be missing
        }
      }
    }

    private void checkContent(NodePath path, Node node, Id in) {
      if (node.content() == null) {
        error(in, path, "a file names no content");
        return;
      }
      long length = 0;
      for (Id blob : node.content()) {
        List<BlobLocation> places = contents.index.lookup(BlobType.DATA, blob);
        if (places.isEmpty()) {
          report.add(
              Finding.error(Kind.DATA, blob, "it is in no index")
                  .in(snapshot, path.terminalSafe()));
          return;
        }
        length += places.get(0).blob().plainLength();
      }
      if (length != node.size()) {
        report.add(
            Finding.hint(
                    Kind.TREE,
                    in,
                    "a file has %d bytes, by its entry %s"
                        .formatted(length, Long.toUnsignedString(node.size())))
                .in(snapshot, path.terminalSafe()));
      }
    }

    private void error(Id in, NodePath path, String message) {
      report.add(Finding.error(Kind.TREE, in, message).in(snapshot, path.terminalSafe()));
    }
  }
}
