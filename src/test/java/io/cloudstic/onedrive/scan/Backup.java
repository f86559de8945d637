package io.cloudstic.onedrive.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CatalogueRebuild;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import io.cloudstic.onedrive.catalogue.DriveVisitor;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.LineageJson;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.catalogue.Statistics;
import io.cloudstic.onedrive.catalogue.StoredContent;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.Id;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** A backup around a scan, with a repository that is a map: what tests run. */
final class Backup {
  /** A node of a snapshot. */
  record Node(
      int depth,
      String name,
      boolean folder,
      Instant modified,
      long size,
      List<Id> blobs,
      byte[] facts) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  final FakeGraph graph;
  final FakeDrive drive;
  final Random random;
  final Path cache;
  final Map<Id, String> blobs = new HashMap<>();
  final List<String> downloads = new ArrayList<>();
  final Set<String> failed = new HashSet<>();
  Executor executor = Runnable::run;
  Rules rules = Rules.everything();
  String source = ScanRequest.CHANGES;
  Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), java.time.ZoneOffset.UTC);
  boolean full;
  boolean commit = true;
  int failOneIn;
  int underWayAtMost;
  int changeOneIn;
  Runnable whileDownloading = () -> {};

  Id parent;
  String lineage;
  List<Node> nodes = List.of();
  Map<String, String> tree = Map.of();
  Statistics statistics;
  ScanResult result;
  private int snapshots;

  Backup(FakeGraph graph, Path cache, Random random) {
    this.graph = graph;
    this.drive = graph.drive;
    this.cache = cache;
    this.random = random;
  }

  void run() throws IOException {
    failed.clear();
    DriveIds ids = DriveIds.of(drive.drive());
    String scope = "/" + String.join("/", rules.scope());
    try (Catalogue catalogue =
        Catalogue.open(cache, "repository", ids, scope, blobs::containsKey)) {
      if (parent == null) {
        catalogue.clear();
      } else if (!catalogue.belongsTo(parent)) {
        rebuild(catalogue, ids);
      }
      ScanEnvironment environment =
          new ScanEnvironment(graph, clock, duration -> {}, executor, ScanLimits.DEFAULT);
      ScanRequest request =
          new ScanRequest(
              source,
              graph.account(),
              drive.drive(),
              rules,
              full,
              Duration.ofDays(30),
              parent,
              false,
              false);
      try (DriveScan scan = new DriveScan(request, catalogue, environment)) {
        fetchAll(scan);
        result = scan.result();
        if (commit) {
          finish(scan);
        }
      }
    }
  }

  private void rebuild(Catalogue catalogue, DriveIds ids) throws IOException {
    CatalogueRebuild rebuild =
        new CatalogueRebuild(
            catalogue,
            ids,
            parent,
            lineage == null ? null : LineageJson.read(JSON.readTree(lineage)));
    int depth = 0;
    for (Node node : nodes) {
      for (; depth > node.depth; depth--) {
        rebuild.leaveFolder();
      }
      ItemFacts facts = ItemFacts.fromJson(node.facts);
      if (node.folder) {
        rebuild.enterFolder(node.name, node.modified, facts);
        depth++;
      } else {
        rebuild.file(node.name, node.modified, node.size, node.blobs, facts);
      }
    }
    for (; depth > 0; depth--) {
      rebuild.leaveFolder();
    }
    rebuild.finish();
  }

  private void fetchAll(DriveScan scan) {
    Deque<DriveFile> underWay = new ArrayDeque<>();
    while (scan.hasNext()) {
      underWay.add(scan.next());
      while (underWay.size() > random.nextInt(1 + underWayAtMost)) {
        fetch(underWay.poll(), scan);
      }
    }
    underWay.forEach(file -> fetch(file, scan));
  }

  private void fetch(DriveFile file, DriveScan scan) {
    if (changeOneIn > 0 && random.nextInt(changeOneIn) == 0) {
      whileDownloading.run();
    }
    FakeDrive.Item item = drive.live.get(drive.number(file.item().id()));
    if (item == null) {
      scan.outcomes().gone(file);
      return;
    }
    if (failOneIn > 0 && random.nextInt(failOneIn) == 0) {
      failed.add(String.valueOf(item.number));
      scan.outcomes().failed(file, "no luck", false);
      return;
    }
    String content = FakeDrive.content(item);
    downloads.add(content);
    DriveItem now = drive.show(item, false, null);
    // What Graph did not report in this run is looked up before it is fetched.
    boolean asListed = file.current() && ContentFacts.of(now).sameContent(file.asked());
    DriveItem served = asListed ? file.item() : now;
    Id blob = Id.hash(content.getBytes(StandardCharsets.UTF_8));
    blobs.put(blob, content);
    scan.outcomes()
        .stored(
            file,
            served,
            new StoredContent(
                List.of(blob), 10L + item.content, Mark.HASH, ContentFacts.of(served)));
  }

  private void finish(DriveScan scan) throws IOException {
    if (scan.nothingChanged()) {
      statistics = scan.unchangedStatistics();
    } else {
      Collector collector = new Collector();
      statistics = scan.walk(collector);
      nodes = collector.nodes;
      tree = collector.tree;
    }
    lineage = JSON.writeValueAsString(LineageJson.write(scan.result().lineage()));
    parent = Id.hash(("snapshot " + snapshots++).getBytes(StandardCharsets.UTF_8));
    scan.commit(parent);
    String link = scan.result().lineage().deltaLink();
    drive.committed = link == null ? drive.now : Long.parseLong(link.substring("token ".length()));
  }

  private final class Collector implements DriveVisitor {
    final List<Node> nodes = new ArrayList<>();
    final Map<String, String> tree = new TreeMap<>();
    final Deque<String> paths = new ArrayDeque<>(List.of(""));
    final Deque<String> lastNames = new ArrayDeque<>(List.of(""));

    private String take(CataloguedItem item, boolean folder, long size, List<Id> content) {
      String name = item.name();
      if (java.util.Arrays.compareUnsigned(
              name.getBytes(StandardCharsets.UTF_8),
              lastNames.peek().getBytes(StandardCharsets.UTF_8))
          <= 0) {
        throw new AssertionError(name + " after " + lastNames.peek());
      }
      lastNames.pop();
      lastNames.push(name);
      nodes.add(
          new Node(
              paths.size() - 1,
              name,
              folder,
              item.nodeModified(),
              size,
              content,
              item.nodeFacts().toJson()));
      return paths.peek() + name;
    }

    @Override
    public void enterFolder(CataloguedItem folder) {
      String path = take(folder, true, 0, List.of());
      tree.put(path, "folder");
      paths.push(path + "/");
      lastNames.push("");
    }

    @Override
    public void file(CataloguedItem file) {
      StoredContent content = file.content();
      String path = take(file, false, content.length(), content.blobs());
      tree.put(path, blobs.get(content.blobs().get(0)));
    }

    @Override
    public void leaveFolder(CataloguedItem folder) {
      paths.pop();
      lastNames.pop();
    }
  }

  /** What the snapshot should hold by the true state of the drive. */
  Map<String, String> expected() {
    String prefix = rules.scope().isEmpty() ? "" : String.join("/", rules.scope()) + "/";
    Map<String, String> expected = new TreeMap<>();
    for (Map.Entry<String, String> entry : drive.tree().entrySet()) {
      if (entry.getKey().regionMatches(true, 0, prefix, 0, prefix.length())) {
        String path = entry.getKey().substring(prefix.length());
        if (!isExcluded(path, entry.getValue().equals("folder"))) {
          expected.put(path, entry.getValue());
        }
      }
    }
    return expected;
  }

  private boolean isExcluded(String path, boolean folder) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (rules.excludes(path.substring(0, slash), true)) {
        return true;
      }
    }
    return rules.excludes(path, folder);
  }

  static boolean isFile(FakeDrive.Item item) {
    return item.kind == ItemKind.FILE;
  }
}
