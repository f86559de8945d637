package io.cloudstic.repair;

import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.repair.RepairStep.Action;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.IdSet;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeEncoder;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.run.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Rewrites trees without what is lost; those of which nothing is lost stay as they are, byte for
 * byte. Trees that several snapshots share are gone through once.
 */
final class TreeRepair {
  private final ReadableBlobs readable;
  private final Function<byte[], Id> save;
  private final RepairReport report;
  private final Stop stop;

  /** Trees that stay as they are. */
  private final IdSet sound = new IdSet();

  /** What became of all others. */
  private final Map<Id, Outcome> known = new HashMap<>();

  /**
   * What became of a tree.
   *
   * @param tree its id now
   * @param entriesLost whether it or a directory below was lost, and with it files of which nothing
   *     is known
   */
  record Outcome(Id tree, boolean entriesLost) {}

  /**
   * A repair of trees.
   *
   * @param save stores the bytes of a tree, or only names it
   */
  TreeRepair(ReadableBlobs readable, Function<byte[], Id> save, RepairReport report, Stop stop) {
    this.readable = readable;
    this.save = save;
    this.report = report;
    this.stop = stop;
  }

  /** Goes through the trees of a snapshot. */
  Outcome repair(Snapshot snapshot) {
    Outcome before = before(snapshot.tree());
    if (before == null) {
      Visitor visitor = new Visitor(snapshot.id(), snapshot.tree());
      TreeWalk.walk(readable::tree, snapshot.tree(), visitor);
      before = visitor.leave();
    }
    return before;
  }

  /** What became of a tree; null when it was not met before. */
  private Outcome before(Id tree) {
    if (tree == null) {
      return null;
    }
    return sound.contains(tree) ? new Outcome(tree, false) : known.get(tree);
  }

  /** A directory that the walk is in, as it will be. */
  private static final class Level {
    final Id original;
    final List<Node> nodes = new ArrayList<>();
    boolean changed;
    boolean entriesLost;

    Level(Id original) {
      this.original = original;
    }
  }

  private final class Visitor implements TreeWalk.Visitor {
    private final Id snapshot;
    private final Deque<Level> levels = new ArrayDeque<>();

    Visitor(Id snapshot, Id root) {
      this.snapshot = snapshot;
      levels.push(new Level(root));
    }

    @Override
    public boolean enter(NodePath path, Node directory) {
      Outcome before = before(directory.subtree());
      if (before != null) {
        add(directory, before);
        return false;
      }
      levels.push(new Level(directory.subtree()));
      return true;
    }

    @Override
    public void open(NodePath path, Tree tree) {
      stop.check();
    }

    @Override
    public void visit(NodePath path, Node node) {
      Level level = levels.peek();
      if (node.type() == NodeType.IRREGULAR || node.type() == NodeType.UNKNOWN) {
        level.changed = true;
        tell(Action.LOST, "file", path, "its type \"" + node.typeWord() + "\" means nothing");
      } else if (node.type() == NodeType.FILE) {
        Node repaired = file(path, node);
        level.changed |= repaired != node;
        level.nodes.add(repaired);
      } else {
        level.nodes.add(node);
      }
    }

    private Node file(NodePath path, Node node) {
      List<Id> content = node.content() == null ? List.of() : node.content();
      List<Id> left = new ArrayList<>();
      long size = 0;
      for (Id blob : content) {
        OptionalLong length = readable.length(blob);
        if (length.isPresent()) {
          left.add(blob);
          size += length.getAsLong();
        }
      }
      if (node.content() != null && left.size() == content.size()) {
        return node;
      }
      tell(
          Action.LOST,
          "file",
          path,
          "%d of its %d blobs are left, %d of %s bytes"
              .formatted(left.size(), content.size(), size, Long.toUnsignedString(node.size())));
      return node.toBuilder()
          .content(left)
          .size(size)
          .extendedAttributes(asEarlierVersion(node.extendedAttributes()))
          .build();
    }

    @Override
    public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
      Level level = levels.peek();
      level.changed = true;
      level.entriesLost = true;
      tell(Action.LOST, "directory", path, "it is empty from now on: " + e.getMessage());
    }

    @Override
    public void leave(NodePath path, Node directory) {
      add(directory, leave());
    }

    private void add(Node directory, Outcome outcome) {
      Level level = levels.peek();
      boolean same = outcome.tree.equals(directory.subtree());
      level.changed |= !same;
      level.entriesLost |= outcome.entriesLost;
      level.nodes.add(same ? directory : directory.toBuilder().subtree(outcome.tree).build());
    }

    /** The level that ends. */
    Outcome leave() {
      Level level = levels.pop();
      if (!level.changed) {
        sound.add(level.original);
        return new Outcome(level.original, false);
      }
      Outcome outcome = new Outcome(save.apply(encode(level.nodes)), level.entriesLost);
      if (level.original != null) {
        known.put(level.original, outcome);
      }
      return outcome;
    }

    private byte[] encode(List<Node> nodes) {
      Set<NodeName> names = new HashSet<>();
      TreeEncoder tree = new TreeEncoder();
      for (Node node : nodes) {
        // What no restore could write, and no tree may hold.
        if (node.name().isValid() && names.add(node.name())) {
          tree.add(node);
        }
      }
      return tree.encode();
    }

    private void tell(Action action, String object, NodePath path, String reason) {
      report.add(
          new RepairStep(
              action,
              object,
              snapshot,
              Optional.of(path.terminalSafe()),
              TerminalText.escape(reason)));
    }
  }

  /** So that the next backup of the drive does not take what is left for the file's content. */
  private static List<ExtendedAttribute> asEarlierVersion(List<ExtendedAttribute> attributes) {
    return attributes.stream().map(TreeRepair::asEarlierVersion).toList();
  }

  private static ExtendedAttribute asEarlierVersion(ExtendedAttribute attribute) {
    ItemFacts facts =
        attribute.name().equals(ItemFacts.ATTRIBUTE) && attribute.value() != null
            ? ItemFacts.fromJson(attribute.value())
            : null;
    return facts == null
        ? attribute
        : new ExtendedAttribute(ItemFacts.ATTRIBUTE, facts.asEarlierVersion().toJson());
  }
}
