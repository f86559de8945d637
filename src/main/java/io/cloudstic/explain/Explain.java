package io.cloudstic.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.explain.Explanation.State;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.LedgerEntry;
import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains paths of the newest snapshot of a series. */
public final class Explain {
  /** The field of a snapshot that says, pattern by pattern, which file and line it comes from. */
  public static final String ORIGINS = "pattern_origins";

  private static final String DRIVE_PATH = "onedrive:/";
  private static final int MOST_NAMES = 5;

  private final Repository repository;
  private final Path cacheFolder;

  /**
   * Explanations out of this repository.
   *
   * @param cacheFolder where catalogues are kept, or null for none
   */
  public Explain(Repository repository, Path cacheFolder) {
    this.repository = repository;
    this.cacheFolder = cacheFolder;
  }

  /**
   * Explains a path.
   *
   * @param text below what is backed up, as {@code ls} prints it, or with {@code onedrive:} before
   *     it; with the scope folder at its beginning it is understood, too
   * @param unreadable is told of each snapshot that is damaged, and left out
   * @throws CloudsticException with exit code 1 when there is no snapshot, or the path was never
   *     known
   */
  public Explanation explain(String text, SnapshotFilter filter, Snapshots.Unreadable unreadable) {
    Series series =
        Series.newest(repository, filter, unreadable)
            .orElseThrow(
                () ->
                    new CloudsticException(
                        ExitCode.FAILED,
                        "there is no snapshot to explain",
                        "make one with: cloudstic backup",
                        null));
    NodePath path = NodePath.parse(withoutDrive(text));
    Optional<NodePath> shorter = belowScope(path, series.lineage());
    Optional<Explanation> found = about(path, series);
    if (found.isEmpty() && shorter.isPresent()) {
      found = about(shorter.get(), series);
    }
    return found.or(() -> outOfScope(path, series)).orElseThrow(() -> unknown(path, series));
  }

  private static String withoutDrive(String text) {
    return text.startsWith(DRIVE_PATH) ? text.substring(DRIVE_PATH.length() - 1) : text;
  }

  /** The path without the scope folder, if it begins with it. */
  private static Optional<NodePath> belowScope(NodePath path, Lineage lineage) {
    if (lineage == null || lineage.scope().equals("/")) {
      return Optional.empty();
    }
    String scope = lineage.scope() + "/";
    String text = path.display() + "/";
    return text.regionMatches(true, 0, scope, 0, scope.length())
        ? Optional.of(NodePath.parse(path.display().substring(scope.length() - 1)))
        : Optional.empty();
  }

  private Optional<Explanation> about(NodePath path, Series series) {
    Node node = node(series.newest(), path);
    Rules.Decision rule = decision(path, series.newest(), node);
    LedgerEntry failure = failure(path, series.lineage());
    if (node != null) {
      ItemFacts facts = facts(node);
      boolean stale = facts != null && facts.stale();
      Snapshot changed = lastChange(series.snapshots(), path, node);
      String reason =
          stale
              ? "an earlier version is kept, since the present one could not be read"
              : rule == null ? "nothing excludes it" : "a pattern keeps it in";
      State state = stale || failure != null ? State.STALE : State.INCLUDED;
      return Optional.of(made(path, state, reason, rule, series, changed, node, facts, failure));
    }
    Snapshot last = lastWith(series.snapshots(), path);
    Node was = last == null ? null : node(last, path);
    ItemFacts facts = was == null ? null : facts(was);
    if (rule != null && rule.excludes()) {
      return Optional.of(
          made(
              path,
              State.EXCLUDED,
              "a pattern excludes it",
              rule,
              series,
              last,
              was,
              facts,
              failure));
    }
    if (failure != null) {
      return Optional.of(
          made(path, State.FAILED, failure.reason(), rule, series, last, was, facts, failure));
    }
    Optional<Known.Item> known = Known.below(cacheFolder, repository, series.lineage(), path);
    if (known.isPresent()) {
      Known.Item item = known.get();
      return Optional.of(
          made(path, item.state(), item.reason(), rule, series, last, was, facts, null));
    }
    String gone = "it is no longer in the source, or has moved out of what is backed up";
    return last == null
        ? Optional.empty()
        : Optional.of(made(path, State.GONE, gone, rule, series, last, was, facts, null));
  }

  private Optional<Explanation> outOfScope(NodePath path, Series series) {
    Lineage lineage = series.lineage();
    return Known.isInDrive(cacheFolder, repository, lineage, path)
        ? Optional.of(
            made(
                path,
                State.OUT_OF_SCOPE,
                "only " + lineage.scope() + " is backed up",
                null,
                series,
                null,
                null,
                null,
                null))
        : Optional.empty();
  }

  private static Explanation made(
      NodePath path,
      State state,
      String reason,
      Rules.Decision rule,
      Series series,
      Snapshot changed,
      Node node,
      ItemFacts facts,
      LedgerEntry failure) {
    return new Explanation(
        path.display(), state, reason, rule, series.newest(), changed, node, facts, failure);
  }

  /** The pattern that decides: the one that excludes a folder above, else the last that matches. */
  private static Rules.Decision decision(NodePath path, Snapshot snapshot, Node node) {
    Rules rules = rules(snapshot);
    String below = "";
    List<NodeName> names = path.names();
    for (int i = 0; i < names.size(); i++) {
      below += (i == 0 ? "" : "/") + names.get(i).text();
      boolean last = i == names.size() - 1;
      boolean folder = !last || node != null && node.type() == NodeType.DIR;
      Optional<Rules.Decision> decision = rules.deciding(below, folder);
      if (last && node == null && decision.isEmpty()) {
        decision = rules.deciding(below, true).filter(Rules.Decision::excludes);
      }
      if (decision.isPresent() && (last || decision.get().excludes())) {
        return decision.get();
      }
    }
    return null;
  }

  private static Rules rules(Snapshot snapshot) {
    JsonNode origins = snapshot.cloudstic().map(json -> json.path(ORIGINS)).orElse(null);
    List<PatternLine> lines = new ArrayList<>();
    for (int i = 0; i < snapshot.excludes().size(); i++) {
      String origin = origins == null ? "" : origins.path(i).asText("");
      int colon = origin.lastIndexOf(':');
      String text = snapshot.excludes().get(i);
      lines.add(
          colon < 0
              ? PatternLine.ofFlag(text)
              : new PatternLine(text, origin.substring(0, colon), line(origin, colon)));
    }
    return Rules.ofLines("", lines);
  }

  private static int line(String origin, int colon) {
    String digits = origin.substring(colon + 1);
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
  }

  /** The entry of the path, or of a folder above it that could not be listed. */
  private static LedgerEntry failure(NodePath path, Lineage lineage) {
    if (lineage == null) {
      return null;
    }
    String wanted = path.relative();
    return lineage.ledger().stream()
        .filter(
            entry ->
                entry.path() != null
                    && (wanted.equals(entry.path()) || wanted.startsWith(entry.path() + "/")))
        .findFirst()
        .orElse(null);
  }

  /** The oldest of the newest snapshots in which the path is as it is now. */
  private Snapshot lastChange(List<Snapshot> snapshots, NodePath path, Node now) {
    Snapshot changed = snapshots.get(0);
    for (Snapshot older : snapshots.subList(1, snapshots.size())) {
      if (!older.tree().equals(changed.tree())) {
        Node then = node(older, path);
        if (then == null || !isSame(then, now)) {
          break;
        }
      }
      changed = older;
    }
    return changed;
  }

  private static boolean isSame(Node one, Node other) {
    return one.type() == other.type()
        && java.util.Objects.equals(one.content(), other.content())
        && java.util.Objects.equals(one.subtree(), other.subtree())
        && one.mtime().toInstant().equals(other.mtime().toInstant());
  }

  private Snapshot lastWith(List<Snapshot> snapshots, NodePath path) {
    Id before = null;
    for (Snapshot snapshot : snapshots) {
      if (!snapshot.tree().equals(before) && node(snapshot, path) != null) {
        return snapshot;
      }
      before = snapshot.tree();
    }
    return null;
  }

  /** The node at the path, or null. */
  private Node node(Snapshot snapshot, NodePath path) {
    Node node = Node.directory(NodeName.of("/"), snapshot.tree()).build();
    for (NodeName name : path.names()) {
      if (node == null || node.type() != NodeType.DIR || node.subtree() == null) {
        return null;
      }
      node = tree(node.subtree()).find(name).orElse(null);
    }
    return node;
  }

  private Tree tree(Id id) {
    return TreeDecoder.decode(repository.loadBlob(BlobType.TREE, id));
  }

  private static ItemFacts facts(Node node) {
    return node.extendedAttributes().stream()
        .filter(attribute -> attribute.name().equals(ItemFacts.ATTRIBUTE))
        .findFirst()
        .map(attribute -> ItemFacts.fromJson(attribute.value()))
        .orElse(null);
  }

  /** Names what there is instead: the nearest folder, and a few of its entries. */
  private CloudsticException unknown(NodePath path, Series series) {
    NodePath nearest = path.isRoot() ? path : path.parent();
    Node folder = node(series.newest(), nearest);
    while (folder == null && !nearest.isRoot()) {
      nearest = nearest.parent();
      folder = node(series.newest(), nearest);
    }
    List<String> names = new ArrayList<>();
    if (folder != null && folder.type() == NodeType.DIR && folder.subtree() != null) {
      tree(folder.subtree()).nodes().stream()
          .limit(MOST_NAMES + 1L)
          .forEach(node -> names.add(node.name().display()));
    }
    boolean more = names.size() > MOST_NAMES;
    String some = String.join(", ", more ? names.subList(0, MOST_NAMES) : names);
    return new CloudsticException(
        ExitCode.FAILED,
        path.display()
            + " was never known: no snapshot of "
            + series.newest().hostname()
            + ", "
            + String.join(", ", series.newest().paths())
            + " has it, and no pattern speaks of it",
        "the nearest folder is "
            + nearest.display()
            + (names.isEmpty() ? "" : ", which holds " + some + (more ? ", …" : ""))
            + "; other sources are chosen by -host and -path",
        null);
  }
}
