package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.history.Search;
import io.cloudstic.history.SearchCriteria;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic find}: names in all snapshots. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic find letter.docx",
      "cloudstic find -ignore-case '*.jpg' '*.png' -snapshot latest",
      "cloudstic find -type file -oldest 2026-11-01 -newest 2026-11-22 -long '/Documents/**'"
    })
final class FindCommand extends Command {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATTERN...",
      description = {
        "such as letter.docx, '*.jpg', '/Documents/**/2026*': without / it matches names anywhere;",
        "what is in a folder that matches is found, too"
      })
  List<String> patterns = List.of();

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Option(
      names = "-snapshot",
      paramLabel = "SNAPSHOT",
      description = "only in this snapshot (repeatable)")
  List<String> names = List.of();

  @Option(names = "-ignore-case", description = "letters match in either case")
  boolean ignoreCase;

  @Option(names = "-oldest", paramLabel = "TIME", description = "modified then or later")
  String oldest;

  @Option(names = "-newest", paramLabel = "TIME", description = "modified then or earlier")
  String newest;

  @Option(
      names = "-type",
      paramLabel = "TYPE",
      description = "only of this type: file, dir or symlink")
  String type;

  @Option(names = "-long", description = "mode, owner, size and time as well")
  boolean details;

  @Override
  ExitCode run(CommandContext context) {
    Clock clock = Clock.systemDefaultZone();
    ZonedDateTime now = ZonedDateTime.ofInstant(clock.instant(), clock.getZone());
    SearchCriteria criteria =
        new SearchCriteria(
            patterns,
            ignoreCase,
            oldest == null ? null : PointInTime.first("-oldest", oldest, now),
            newest == null ? null : PointInTime.last("-newest", newest, now),
            nodeType());
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      List<Snapshot> snapshots = new ArrayList<>();
      repository.snapshots().forEach(names, which.filter(), snapshots::add, damage);
      snapshots.sort(Snapshots.BY_TIME);
      Search search = new Search(repository, criteria);
      Console console = context.console();
      Form form =
          global.json
              ? new JsonForm(console.out(), console.jsonArray())
              : new TextForm(console.out(), details);
      for (Snapshot snapshot : snapshots) {
        context.stop().check();
        form.begin(snapshot);
        try {
          search.run(
              snapshot.tree(),
              (path, node) -> {
                console.checkResults();
                form.match(path, node);
              },
              (directory, why) -> damage.directory(snapshot, directory, why));
        } finally {
          form.end(snapshot);
        }
      }
      form.close();
      console.out().flush();
    }
    return damage.end();
  }

  private NodeType nodeType() {
    if (type == null) {
      return null;
    }
    return switch (type) {
      case "file", "f" -> NodeType.FILE;
      case "dir", "d" -> NodeType.DIR;
      case "symlink", "l" -> NodeType.SYMLINK;
      default -> throw new UsageException("-type " + type + " is unknown", "file, dir or symlink");
    };
  }

  /** The form of what is found. */
  private interface Form {
    void begin(Snapshot snapshot);

    void match(NodePath path, Node node);

    void end(Snapshot snapshot);

    void close();
  }

  private static final class TextForm implements Form {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintWriter out;
    private final boolean details;
    private Snapshot untold;
    private boolean any;

    TextForm(PrintWriter out, boolean details) {
      this.out = out;
      this.details = details;
    }

    @Override
    public void begin(Snapshot snapshot) {
      untold = snapshot;
    }

    @Override
    public void match(NodePath path, Node node) {
      if (untold != null) {
        out.printf(
            "%sFound matching entries in snapshot %s from %s%n",
            any ? "\n" : "",
            untold.id().brief(),
            TIME.format(untold.time().atZoneSameInstant(ZoneId.systemDefault())));
        untold = null;
        any = true;
      }
      out.println(NodeText.of(path, node, details));
    }

    @Override
    public void end(Snapshot snapshot) {}

    @Override
    public void close() {}
  }

  /** restic's form: an array with one object for each snapshot in which something is found. */
  private static final class JsonForm implements Form {
    private final PrintWriter out;
    private final JsonArray array;
    private long hits;

    JsonForm(PrintWriter out, JsonArray array) {
      this.out = out;
      this.array = array;
    }

    @Override
    public void begin(Snapshot snapshot) {
      hits = 0;
    }

    @Override
    public void match(NodePath path, Node node) {
      if (hits++ == 0) {
        array.begin();
        out.print("{\"matches\":[");
      } else {
        out.print(",");
      }
      out.print(Json.line(json(path, node)));
    }

    /** Also after a failure, so that what was found until then can be read. */
    @Override
    public void end(Snapshot snapshot) {
      if (hits > 0) {
        out.print("],\"hits\":" + hits + ",\"snapshot\":\"" + snapshot.id().hex() + "\"}");
      }
      hits = 0;
    }

    @Override
    public void close() {
      array.end();
    }

    private static ObjectNode json(NodePath path, Node node) {
      ObjectNode json = Json.object();
      json.put("path", path.display());
      json.put("permissions", FileMode.goText(node.mode()));
      json.put("type", node.typeWord());
      putUnlessZero(json, "mode", node.mode());
      json.put("mtime", GoTime.format(node.mtime()));
      json.put("atime", GoTime.format(node.atime()));
      json.put("ctime", GoTime.format(node.ctime()));
      json.put("uid", node.uid());
      json.put("gid", node.gid());
      putUnlessEmpty(json, "user", node.user());
      putUnlessEmpty(json, "group", node.group());
      putUnlessZero(json, "device_id", node.deviceId());
      putUnlessZero(json, "size", node.size());
      putUnlessZero(json, "links", node.links());
      putUnlessEmpty(json, "linktarget", NodeName.of(node.linkTarget()).display());
      putUnlessEmpty(json, "error", node.error());
      return json;
    }

    private static void putUnlessZero(ObjectNode json, String name, long value) {
      if (value != 0) {
        json.put(name, new BigInteger(Long.toUnsignedString(value)));
      }
    }

    private static void putUnlessEmpty(ObjectNode json, String name, String value) {
      if (!value.isEmpty()) {
        json.put(name, value);
      }
    }
  }
}
