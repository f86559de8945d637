package io.cloudstic.verify;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.IdSet;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.CheckListener.Stage;
import io.cloudstic.verify.Finding.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads every snapshot and goes through each tree once, whichever snapshots it belongs to; only
 * trees above damage are gone through for every snapshot, to name all that suffer.
 */
final class SnapshotCheck {
  /** Beyond it further snapshots of the same damage are not looked for. */
  private static final int MOST_REPEATS = 100_000;

  /** Snapshots in memory at once, and loaded at once. */
  private static final int BATCH = 64;

  private static final int WIDTH = 8;

  private final Repository repository;
  private final Contents contents;
  private final CheckReport report;
  private final Harms harms;
  private final Stop stop;
  private final TreeReader trees;
  private final IdSet sound = new IdSet();
  private final IdSet harmed = new IdSet();
  private int repeats;

  SnapshotCheck(
      Repository repository, Contents contents, CheckReport report, Harms harms, Stop stop) {
    this.repository = repository;
    this.contents = contents;
    this.report = report;
    this.harms = harms;
    this.stop = stop;
    this.trees = new TreeReader(repository, contents, report, harms);
  }

  void run(List<Id> snapshots) {
    report.snapshots = snapshots.size();
    long done = 0;
    for (int from = 0; from < snapshots.size(); from += BATCH) {
      List<Id> batch = snapshots.subList(from, Math.min(from + BATCH, snapshots.size()));
      Map<Id, Loaded> loaded = new ConcurrentHashMap<>();
      Concurrently.forEach(batch, WIDTH, id -> loaded.put(id, load(id)));
      for (Id id : batch) {
        stop.check();
        check(id, loaded.get(id));
        report.trees = sound.size() + harmed.size();
        report.progress(Stage.SNAPSHOTS, ++done, snapshots.size());
      }
    }
  }

  /** A snapshot, or what is wrong with it; neither when it was forgotten meanwhile. */
  private record Loaded(Snapshot snapshot, String reason) {}

  private Loaded load(Id id) {
    try {
      return new Loaded(repository.snapshots().load(id), null);
    } catch (RepositoryException e) {
      return new Loaded(null, TerminalText.escape(e.getMessage()));
    } catch (ObjectNotFoundException e) {
      return new Loaded(null, null);
    }
  }

  private void check(Id id, Loaded loaded) {
    if (loaded.reason != null) {
      report.damagedSnapshots++;
      report.add(Finding.error(Kind.SNAPSHOT, id, loaded.reason).in(id, "/"));
    } else if (loaded.snapshot == null) {
      report.snapshots--;
    } else if (!sound.contains(loaded.snapshot.tree())
        && !new Visitor(id, loaded.snapshot.tree()).walk()) {
      report.damagedSnapshots++;
    }
  }

  /** A directory that the walk is in. */
  private static final class Level {
    final Id tree;

    /** Whether its entries were looked at for another snapshot. */
    final boolean known;

    boolean harmed;

    Level(Id tree, boolean known) {
      this.tree = tree;
      this.known = known;
    }
  }

  private final class Visitor implements TreeWalk.Visitor {
    private final Id snapshot;
    private final Deque<Level> levels = new ArrayDeque<>();

    Visitor(Id snapshot, Id root) {
      this.snapshot = snapshot;
      levels.push(new Level(root, harmed.contains(root)));
    }

    /** Whether the snapshot can be restored whole. */
    boolean walk() {
      Level root = levels.peek();
      TreeWalk.walk(trees::load, root.tree, this);
      return leave();
    }

    private boolean leave() {
      Level level = levels.pop();
      (level.harmed ? harmed : sound).add(level.tree);
      return !level.harmed;
    }

    @Override
    public boolean enter(NodePath path, Node directory) {
      Id tree = directory.subtree();
      if (tree == null || sound.contains(tree)) {
        return false; // the former has a finding
      }
      boolean known = harmed.contains(tree);
      if (known && ++repeats > MOST_REPEATS) {
        levels.peek().harmed = true;
        return false;
      }
      levels.push(new Level(tree, known));
      return true;
    }

    @Override
    public void open(NodePath path, Tree content) {
      stop.check();
      if (!levels.peek().known) {
        checkNames(path, content);
      }
      for (Node node : content.nodes()) {
        check(path.child(node.name()), node);
      }
    }

    @Override
    public void visit(NodePath path, Node node) {
      // looked at when its tree was opened
    }

    @Override
    public void leave(NodePath path, Node directory) {
      if (!leave()) {
        levels.peek().harmed = true;
      }
    }

    @Override
    public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
      Level level = levels.peek();
      if (directory.isPresent() && directory.get().subtree() == null) {
        return;
      }
      level.harmed = true;
      List<Harm> known = harms.of(BlobType.TREE, level.tree);
      if (known.stream().noneMatch(harm -> harm.isOf(Kind.TREE, level.tree))) {
        harms.spoils(
            new Harm(Kind.TREE, level.tree, TerminalText.escape(e.getMessage())),
            BlobType.TREE,
            level.tree);
      }
      hit(BlobType.TREE, level.tree, path);
    }

    private void hit(BlobType type, Id blob, NodePath path) {
      levels.peek().harmed = true;
      harms.of(type, blob).forEach(harm -> harm.hits(snapshot, path.terminalSafe()));
    }

    private void checkNames(NodePath path, Tree content) {
      NodeName previous = null;
      for (Node node : content.nodes()) {
        if (previous != null && previous.compareTo(node.name()) >= 0) {
          hint(path, "its names are not in order, or not unique");
          break;
        }
        previous = node.name();
      }
      for (Node node : content.nodes()) {
        NodePath child = path.child(node.name());
        if (node.name().length() == 0) {
          error(child, "an entry has no name");
        } else if (!node.name().isValid()) {
          hint(child, "an entry has a name that no file system can hold");
        }
        checkType(child, node);
      }
    }

    private void checkType(NodePath path, Node node) {
      switch (node.type()) {
        case FILE -> {
          if (node.content() == null) {
            error(path, "a file names no content");
          }
        }
        case DIR -> {
          if (node.subtree() == null) {
            error(path, "a directory names no tree");
          }
        }
        case IRREGULAR, UNKNOWN ->
            error(path, "an entry has the type \"" + TerminalText.escape(node.typeWord()) + "\"");
        default -> {
          // links, pipes, sockets and devices have nothing that could be missing
        }
      }
    }

    private void check(NodePath path, Node node) {
      if (node.type() != NodeType.FILE || node.content() == null) {
        return;
      }
      long length = 0;
      boolean whole = true;
      for (Id blob : node.content()) {
        List<BlobLocation> places = contents.index.lookup(BlobType.DATA, blob);
        List<Harm> wrong = harms.of(BlobType.DATA, blob);
        if (places.isEmpty() && wrong.isEmpty()) {
          harms.spoils(new Harm(Kind.DATA, blob, "it is in no index"), BlobType.DATA, blob);
        }
        if (places.isEmpty()) {
          whole = false;
        } else {
          length += places.get(0).blob().plainLength();
        }
        // With a place that nothing is known against, the file can be restored.
        if (places.isEmpty() || wrong.size() >= places.size()) {
          hit(BlobType.DATA, blob, path);
        }
      }
      if (whole && length != node.size() && !levels.peek().known) {
        hint(
            path,
            "a file has %d bytes, by its entry %s"
                .formatted(length, Long.toUnsignedString(node.size())));
      }
    }

    private void error(NodePath path, String message) {
      levels.peek().harmed = true;
      report.add(
          Finding.error(Kind.TREE, levels.peek().tree, message).in(snapshot, path.terminalSafe()));
    }

    private void hint(NodePath path, String message) {
      report.add(
          Finding.hint(Kind.TREE, levels.peek().tree, message).in(snapshot, path.terminalSafe()));
    }
  }
}
