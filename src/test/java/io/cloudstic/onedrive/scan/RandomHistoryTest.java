package io.cloudstic.onedrive.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.rules.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of a drive, shown by an unhelpful Graph, against what the drive really holds.
 * With {@code -Dseeds=2000 -Dseed=1000} there are more of them, and others.
 */
@DisplayName("Scans over random histories")
class RandomHistoryTest {
  private static final int SEEDS = Integer.getInteger("seeds", 200);

  @TempDir Path folder;

  @Test
  @DisplayName("show the true tree after each run, and fetch no content twice")
  void converge() throws Exception {
    long first = Long.getLong("seed", 1);
    for (long seed = first; seed < first + SEEDS; seed++) {
      try {
        new History(seed, folder.resolve("cache " + seed)).play();
      } catch (Throwable e) {
        throw new AssertionError("run again with -Dseed=" + seed + " -Dseeds=1: " + e, e);
      }
    }
  }

  private static final class History {
    final Random random;
    final FakeDrive drive;
    final FakeGraph graph;
    final Backup backup;
    final Path cache;
    final FakeDrive.Item scopeFolder;
    final boolean scoped;

    History(long seed, Path cache) {
      this.random = new Random(seed);
      this.drive = new FakeDrive(random.nextBoolean(), random);
      this.graph = new FakeGraph(drive, random);
      this.cache = cache;
      this.backup = new Backup(graph, cache, random);
      this.scoped = random.nextInt(4) == 0;
      FakeDrive.Item outer = drive.add(drive.root, "Outer", ItemKind.FOLDER);
      this.scopeFolder = drive.add(outer, "Scope", ItemKind.FOLDER);
      backup.rules = rules();
    }

    void play() throws Exception {
      for (int i = random.nextInt(30); i > 0; i--) {
        mutate();
      }
      int runs = 4 + random.nextInt(5);
      for (int run = 0; run < runs; run++) {
        moods();
        String what = "run " + run + " " + backup.source + " rules " + backup.rules.scope();
        try {
          oneRun(what);
        } catch (AssertionError e) {
          throw e;
        } catch (RuntimeException e) {
          throw new AssertionError(what + ": " + e, e);
        }
        for (int i = random.nextInt(15); i > 0; i--) {
          mutate();
        }
      }
    }

    /** Fetched in runs that were not committed, and in the cache still. */
    private final Set<String> uncommitted = new HashSet<>();

    private void oneRun(String what) throws Exception {
      Set<String> known = new HashSet<>(backup.tree.values());
      known.addAll(uncommitted);
      int from = backup.downloads.size();
      backup.run();
      List<String> fetched = backup.downloads.subList(from, backup.downloads.size());
      if (backup.changeOneIn == 0) {
        List<String> again = new ArrayList<>(fetched);
        again.removeIf(content -> !known.contains(content) || unhashed(content));
        assertThat(again).as(what + ": fetched again").isEmpty();
        if (backup.underWayAtMost == 0) {
          // A file under way may turn out newer than it was asked for, and be asked for as such.
          assertThat(fetched).as(what + ": fetched twice").doesNotHaveDuplicates();
        }
        if (backup.commit) {
          compare(what);
        }
      }
      if (backup.commit) {
        uncommitted.clear();
      } else {
        uncommitted.addAll(fetched);
      }
    }

    private boolean unhashed(String content) {
      FakeDrive.Item item =
          drive.live.get(Integer.parseInt(content.substring(0, content.indexOf(':'))));
      return item == null || !item.hashed;
    }

    private void compare(String what) {
      Map<String, String> expected = new TreeMap<>(backup.expected());
      Map<String, String> actual = new TreeMap<>(backup.tree);
      for (String number : backup.failed) {
        expected.values().removeIf(content -> content.startsWith(number + ":"));
        actual.values().removeIf(content -> content.startsWith(number + ":"));
      }
      assertThat(actual).as(what).isEqualTo(expected);
      long failing = backup.failed.size();
      assertThat(backup.result.failures()).as(what + ": ledger").isLessThanOrEqualTo(failing);
    }

    private void moods() throws Exception {
      backup.source = random.nextInt(3) == 0 ? ScanRequest.WALK : ScanRequest.CHANGES;
      backup.full = random.nextInt(8) == 0;
      backup.commit = random.nextInt(6) != 0;
      backup.failOneIn = random.nextInt(4) == 0 ? 4 : 0;
      backup.changeOneIn = random.nextInt(4) == 0 ? 5 : 0;
      backup.whileDownloading = this::mutate;
      backup.underWayAtMost = random.nextBoolean() ? 0 : 7;
      graph.hostile = random.nextInt(4) != 0;
      graph.linksDie = random.nextInt(3) == 0;
      graph.deaths = 2;
      graph.losesNewChildren = random.nextInt(3) == 0;
      if (random.nextInt(5) == 0) {
        backup.rules = rules();
      }
      if (random.nextInt(5) == 0) {
        // The cache is lost: what was fetched and not committed with it.
        wipe(cache);
        uncommitted.clear();
        if (random.nextInt(3) == 0) {
          backup.lineage = null;
        }
      }
    }

    private Rules rules() {
      String[] patterns = {"*.tmp", "d1/", "/d2", "!f1.tmp", "d3/f*", "e*"};
      List<String> lines = new ArrayList<>();
      if (random.nextBoolean()) {
        for (int i = random.nextInt(3); i >= 0; i--) {
          lines.add(patterns[random.nextInt(patterns.length)]);
        }
      }
      return Rules.of(scoped ? "/Outer/scope" : "", lines);
    }

    private void mutate() {
      List<FakeDrive.Item> folders = drive.of(ItemKind.FOLDER, ItemKind.ROOT);
      List<FakeDrive.Item> all = drive.of(ItemKind.FOLDER, ItemKind.FILE);
      all.remove(scopeFolder);
      all.remove(scopeFolder.parent);
      FakeDrive.Item into = folders.get(random.nextInt(folders.size()));
      FakeDrive.Item any = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> {
          String name = name("f");
          if (drive.child(into, name) == null) {
            drive.add(into, name, ItemKind.FILE).hashed = random.nextInt(6) != 0;
          }
        }
        case 3, 4 -> makeFolder(into);
        case 5 -> {
          if (any != null && any.kind == ItemKind.FILE) {
            drive.write(any);
          }
        }
        case 6 -> {
          String name = any == null ? "" : name(any.kind == ItemKind.FILE ? "f" : "d");
          if (any != null && drive.child(any.parent, name) == null) {
            drive.rename(any, name);
          }
        }
        case 7, 8 -> {
          if (any != null && !drive.isBelow(into, any) && drive.child(into, any.name) == null) {
            drive.move(any, into);
          }
        }
        default -> {
          if (any != null && !drive.isBelow(scopeFolder, any)) {
            drive.delete(any, false);
          }
        }
      }
    }

    private void makeFolder(FakeDrive.Item into) {
      String name = name("d");
      if (drive.child(into, name) == null) {
        FakeDrive.Item made = drive.add(into, name, ItemKind.FOLDER);
        for (int i = random.nextInt(3); i > 0; i--) {
          drive.add(made, "f" + i + ".txt", ItemKind.FILE);
        }
      }
    }

    private String name(String kind) {
      return kind
          + random.nextInt(6)
          + (kind.equals("f") ? random.nextBoolean() ? ".tmp" : ".txt" : "");
    }

    private static void wipe(Path folder) throws Exception {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
