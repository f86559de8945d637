package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreePath;
import io.cloudstic.restic.tree.TreeWalk;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic ls}: the files of a snapshot. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic ls latest",
      "cloudstic ls -long latest /Documents /Photos   what is in these folders",
      "cloudstic ls -recursive latest /Documents      and all that is below",
      "cloudstic ls 40dc1520:/Photos -json"
    })
final class LsCommand extends Command {
  private static final String STALE = "  (an earlier version; the current one could not be read)";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "[SNAPSHOT[:SUBPATH]]",
      description = "latest (default) or the beginning of an id; with :SUBPATH that folder of it")
  String snapshot = "latest";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "[PATH...]",
      description = "files, or folders whose entries are listed; all there is by default")
  List<String> paths = List.of();

  @Option(names = "-long", description = "mode, owner, size and time as well")
  boolean details;

  @Option(
      names = "-recursive",
      description = "of the given folders all that is below, too; without any it always is")
  boolean recursive;

  @Override
  ExitCode run(CommandContext context) throws IOException {
    SnapshotSpec spec = SnapshotSpec.parse(snapshot);
    List<NodePath> starts =
        paths.isEmpty() && spec.path().isRoot()
            ? List.of()
            : paths.isEmpty()
                ? List.of(spec.path())
                : paths.stream().map(path -> below(spec.path(), NodePath.parse(path))).toList();
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      Snapshot found = spec.find(repository, SnapshotFilter.ALL);
      TreeWalk.Trees trees = tree -> repository.loadBlob(BlobType.TREE, tree);
      starts.forEach(start -> TreePath.find(trees, found.tree(), start));
      Console console = context.console();
      Rows rows = global.json ? new JsonRows(console, found) : new TextRows(console, details);
      TreeWalk.walk(trees, found.tree(), new Lister(rows, starts, recursive || paths.isEmpty()));
      rows.end();
      console.out().flush();
    }
    return ExitCode.DONE;
  }

  private static NodePath below(NodePath start, NodePath path) {
    NodePath whole = start;
    for (NodeName name : path.names()) {
      whole = whole.child(name);
    }
    return whole;
  }

  /**
   * Names what restic names: without folders everything; of a folder itself and what is in it, and
   * what is below that only when asked for.
   */
  private record Lister(Rows rows, List<NodePath> starts, boolean recursive)
      implements TreeWalk.Visitor {
    @Override
    public boolean enter(NodePath path, Node directory) {
      boolean within = isWithin(path);
      if (within) {
        rows.row(path, directory);
      }
      return within && recursive || starts.stream().anyMatch(start -> leads(path, start));
    }

    @Override
    public void visit(NodePath path, Node node) {
      if (isWithin(path)) {
        rows.row(path, node);
      }
    }

    private boolean isWithin(NodePath path) {
      return starts.isEmpty() || starts.stream().anyMatch(start -> leads(start, path));
    }

    /** Whether one is the other or above it. */
    private static boolean leads(NodePath above, NodePath below) {
      List<NodeName> first = above.names();
      List<NodeName> second = below.names();
      return first.size() <= second.size() && second.subList(0, first.size()).equals(first);
    }
  }

  /** Whether it is an earlier version of a drive's file, the current one could not be read. */
  private static boolean isStale(Node node) {
    return node.extendedAttributes().stream()
        .filter(attribute -> attribute.name().equals(ItemFacts.ATTRIBUTE))
        .map(attribute -> ItemFacts.fromJson(attribute.value()))
        .anyMatch(facts -> facts != null && facts.stale());
  }

  /** The form of the listing. */
  private interface Rows {
    void row(NodePath path, Node node);

    void end();
  }

  private record TextRows(Console console, boolean details) implements Rows {
    @Override
    public void row(NodePath path, Node node) {
      console.checkResults();
      console
          .out()
          .println(NodeText.of(path, node, details) + (details && isStale(node) ? STALE : ""));
    }

    @Override
    public void end() {}
  }

  /** One array: the snapshot, then the entries, each as {@code restic ls --json} shows it. */
  private static final class JsonRows implements Rows {
    private final Console console;
    private final JsonArray array;

    JsonRows(Console console, Snapshot snapshot) throws IOException {
      this.console = console;
      this.array = console.jsonRows();
      ObjectNode head = SnapshotJson.of(snapshot);
      head.put("message_type", "snapshot");
      head.put("struct_type", "snapshot");
      array.add(head);
    }

    @Override
    public void row(NodePath path, Node node) {
      console.checkResults();
      ObjectNode row = Json.object();
      row.put("name", node.name().display());
      row.put("type", node.typeWord());
      row.put("path", path.display());
      row.put("uid", node.uid());
      row.put("gid", node.gid());
      if (node.type() == NodeType.FILE) {
        row.put("size", node.size());
      }
      row.put("mode", node.mode());
      row.put("permissions", FileMode.goText(node.mode()));
      row.put("mtime", GoTime.format(node.mtime()));
      row.put("atime", GoTime.format(node.atime()));
      row.put("ctime", GoTime.format(node.ctime()));
      if (node.inode() != 0) {
        row.put("inode", node.inode());
      }
      if (isStale(node)) {
        row.put("stale", true);
      }
      row.put("message_type", "node");
      row.put("struct_type", "node");
      array.add(row);
    }

    @Override
    public void end() {
      array.end();
    }
  }
}
