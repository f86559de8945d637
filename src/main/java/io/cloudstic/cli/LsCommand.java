package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreePath;
import io.cloudstic.restic.tree.TreeWalk;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic ls}: the files of a snapshot. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic ls latest",
      "cloudstic ls -long latest /Documents",
      "cloudstic ls 40dc1520:/Photos -json"
    })
final class LsCommand extends Command {
  /** Behind the name in the long form. */
  private static final String STALE = "  (an earlier version; the current one could not be read)";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Parameters(index = "0", arity = "0..1", paramLabel = "[SNAPSHOT[:SUBPATH]]")
  String snapshot = "latest";

  @Parameters(index = "1", arity = "0..1", paramLabel = "[PATH]")
  String path;

  @Option(names = "-long", description = "mode, owner, size and time as well")
  boolean details;

  @Override
  ExitCode run(CommandContext context) throws IOException {
    SnapshotSpec spec = SnapshotSpec.parse(snapshot);
    NodePath start = path == null ? spec.path() : NodePath.parse(path);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      Snapshot found = spec.find(repository, SnapshotFilter.ALL);
      TreeWalk.Trees trees = tree -> repository.loadBlob(BlobType.TREE, tree);
      PrintWriter out = context.console().out();
      Rows rows = global.json ? new JsonRows(out, found) : new TextRows(out, details);
      try {
        if (start.isRoot()) {
          TreeWalk.walk(trees, found.tree(), new Lister(rows, NodePath.ROOT));
        } else {
          list(trees, found.tree(), start, rows);
        }
      } finally {
        rows.end();
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  /** The named entry itself, and what is below it. */
  private static void list(TreeWalk.Trees trees, Id root, NodePath start, Rows rows) {
    Node node = TreePath.find(trees, root, start);
    rows.row(start, node);
    if (node.type() == NodeType.DIR) {
      TreeWalk.walk(trees, node.subtree(), new Lister(rows, start));
    }
  }

  /** Names every entry as a row, below the directory where the listing began. */
  private record Lister(Rows rows, NodePath start) implements TreeWalk.Visitor {
    @Override
    public boolean enter(NodePath below, Node directory) {
      rows.row(whole(below), directory);
      return true;
    }

    @Override
    public void visit(NodePath below, Node node) {
      rows.row(whole(below), node);
    }

    private NodePath whole(NodePath below) {
      NodePath whole = start;
      for (var name : below.names()) {
        whole = whole.child(name);
      }
      return whole;
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

  private record TextRows(PrintWriter out, boolean details) implements Rows {
    @Override
    public void row(NodePath path, Node node) {
      if (details) {
        out.printf(
            "%s %5d %5d %11d %s ",
            FileMode.text(node.mode()),
            node.uid(),
            node.gid(),
            node.size(),
            TIME.format(node.mtime()));
      }
      out.println(path.terminalSafe() + (details && isStale(node) ? STALE : ""));
    }

    @Override
    public void end() {}
  }

  /** One array: the snapshot, then the entries, each as {@code restic ls --json} shows it. */
  private static final class JsonRows implements Rows {
    private final PrintWriter out;

    JsonRows(PrintWriter out, Snapshot snapshot) throws IOException {
      this.out = out;
      ObjectNode head = SnapshotJson.of(snapshot);
      head.put("message_type", "snapshot");
      head.put("struct_type", "snapshot");
      out.print("[" + Json.line(head));
    }

    @Override
    public void row(NodePath path, Node node) {
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
      out.print(",\n" + Json.line(row));
    }

    @Override
    public void end() {
      out.println("]");
    }
  }
}
