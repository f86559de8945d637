package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Turns after which the same snapshots are there, in a repository that was looked after. */
final class CareTurns {
  private final SharedScene scene;
  private final Random random;
  private final int resticVersion;

  CareTurns(SharedScene scene) throws Exception {
    this.scene = scene;
    this.random = scene.random;
    this.resticVersion = scene.first.restic().version();
  }

  private String oneOf(String... all) {
    return all[random.nextInt(all.length)];
  }

  void prune(SharedRepository repository, boolean ours) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("prune"));
    arguments.addAll(List.of("--max-unused", oneOf("0", "5%", "50k", "unlimited")));
    if (scene.oneIn(3)) {
      arguments.add(oneOf("--repack-small", "--repack-cacheable-only", "--max-repack-size=1M"));
    }
    if (ours && scene.oneIn(2)) {
      arguments.addAll(List.of("--grace", "0"));
    }
    scene.tell(ours, String.join(" ", arguments));
    if (scene.oneIn(3)) {
      List<Path> before = repository.files("");
      List<String> dry = new ArrayList<>(arguments);
      dry.add("--dry-run");
      repository.succeed(ours, dry);
      assertThat(repository.files("")).isEqualTo(before);
    }
    repository.succeed(ours, arguments);
    scene.expectUnchanged(repository);
  }

  void check(SharedRepository repository, boolean ours) throws Exception {
    String how = oneOf("--read-data", "--read-data-subset=1/2", "--read-data-subset=30%");
    scene.tell(ours, "check " + how);
    repository.succeed(ours, scene.oneIn(3) ? List.of("check") : List.of("check", how));
    scene.expectUnchanged(repository);
  }

  /** New passwords by one, found and removed by the other. */
  void changeKeys(SharedRepository repository, boolean ours) throws Exception {
    String next = "password " + random.nextInt(1_000_000);
    Path file = Files.writeString(repository.scratch().resolve("new"), next);
    if (scene.oneIn(2)) {
      scene.tell(ours, "key passwd");
      repository.succeed(ours, List.of("key", "passwd", "--new-password-file", file.toString()));
      repository.cheapPassword(next, next + "!");
    } else {
      scene.tell(ours, "key add, removed by the other");
      repository.succeed(ours, List.of("key", "add", "--new-password-file", file.toString()));
      String added = null;
      for (JsonNode key : repository.json(!ours, "key", "list")) {
        if (!key.path("current").asBoolean()) {
          assertThat(added).as("more than one other key").isNull();
          added = key.path("id").asText();
        }
      }
      repository.succeed(!ours, List.of("key", "remove", added));
    }
    scene.expectUnchanged(repository);
  }

  /** The index as it is, or one that lost a file. */
  void repairIndex(SharedRepository repository, boolean ours) throws Exception {
    List<Path> index = repository.files("index");
    boolean lost = !index.isEmpty() && scene.oneIn(2);
    if (lost) {
      Files.delete(index.get(random.nextInt(index.size())));
    }
    List<String> arguments = new ArrayList<>();
    if (ours) {
      arguments.addAll(List.of("repair", "index", "--apply"));
    } else if (resticVersion < 16) {
      arguments.add("rebuild-index");
    } else {
      arguments.addAll(List.of("repair", "index"));
    }
    if (scene.oneIn(2)) {
      arguments.add("--read-all-packs");
    }
    scene.tell(ours, String.join(" ", arguments) + (lost ? " of a lost file" : ""));
    repository.succeed(ours, arguments);
    repository.succeed(!ours, List.of("check"));
    scene.expectUnchanged(repository);
  }

  /** What rewrites snapshots leaves those alone that need it not. */
  void rewriteNothing(SharedRepository repository, boolean ours) throws Exception {
    scene.tell(ours, "rewrites nothing");
    if (ours) {
      JsonNode summary =
          repository.ours(0, "repair", "snapshots", "--forget", "--apply", "--json").json();
      assertThat(summary.path("changes").asInt()).isZero();
    } else if (resticVersion >= 16) {
      repository.succeed(false, List.of("repair", "snapshots", "--forget"));
      repository.succeed(false, List.of("rewrite", "--exclude", "no such name", "--forget"));
    }
    scene.expectUnchanged(repository);
  }

  /** To format version 2, in the middle of everything. */
  void upgrade(SharedRepository repository, boolean ours) throws Exception {
    if (repository.json(ours, "cat", "config").path("version").asInt() == 1) {
      scene.tell(false, "migrate upgrade_repo_v2");
      repository.succeed(false, List.of("migrate", "upgrade_repo_v2"));
      if (scene.oneIn(2)) {
        repository.succeed(false, List.of("prune", "--repack-uncompressed"));
      }
    }
    scene.expectUnchanged(repository);
  }
}
