package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.cli.SharedScene.Made;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Turns after which there are other snapshots. */
final class SnapshotTurns {
  private static final List<String> RULES =
      List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");

  private final SharedScene scene;
  private final Random random;
  private final int resticVersion;

  SnapshotTurns(SharedScene scene) throws Exception {
    this.scene = scene;
    this.random = scene.random;
    this.resticVersion = scene.first.restic().version();
  }

  void backUp(SharedRepository repository, boolean ours) throws Exception {
    Made made = scene.changedFiles();
    List<String> arguments = new ArrayList<>(List.of("backup"));
    arguments.addAll(
        ours ? List.of("--source", "local:" + scene.data) : List.of(scene.data.toString()));
    if (scene.oneIn(2)) {
      arguments.addAll(List.of("--tag", scene.anyTag()));
    }
    if (!ours && scene.oneIn(2)) {
      arguments.addAll(List.of("--time", time()));
    }
    if (!ours && scene.oneIn(4)) {
      arguments.add("--force");
    }
    scene.tell(ours, String.join(" ", arguments));
    repository.succeed(ours, arguments);
    scene.expectAdded(repository, 1, made);
  }

  /** Some time in the last three years, for rules to have something to choose from. */
  private String time() {
    int month = 1 + random.nextInt(12);
    return "20%d-%02d-%02d %02d:%02d:%02d"
        .formatted(
            23 + random.nextInt(3),
            month,
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60));
  }

  void backUpDrive(SharedRepository repository, boolean ours) throws Exception {
    Made made = scene.changedDrive();
    List<String> arguments = new ArrayList<>(List.of("backup", "--source"));
    arguments.add(scene.oneIn(3) ? "onedrive" : "onedrive-changes");
    if (scene.oneIn(2)) {
      arguments.addAll(List.of("--tag", scene.anyTag()));
    }
    if (scene.oneIn(6)) {
      arguments.add("--full");
    }
    if (scene.oneIn(3)) {
      arguments.add("--no-cache");
    }
    scene.tell(true, String.join(" ", arguments));
    repository.succeed(true, arguments);
    scene.expectAdded(repository, 1, made);
  }

  /** Named ones, or by rules of which both must think the same. */
  void forget(SharedRepository repository, boolean ours) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("forget"));
    Set<String> gone = new HashSet<>();
    if (scene.oneIn(3)) {
      gone.add(repository.any(random));
      arguments.addAll(gone);
    } else {
      arguments.addAll(rules());
      gone.addAll(removed(repository.json(false, dry(arguments))));
      if (resticVersion >= 16) {
        List<String> all = dry(arguments);
        all.add("--keep-oldest");
        assertThat(removed(repository.json(true, all))).as("%s", all).isEqualTo(gone);
        if (ours) {
          arguments.add("--keep-oldest");
        }
      } else {
        assertThat(removed(repository.json(true, dry(arguments))))
            .as("%s", arguments)
            .isEqualTo(gone);
      }
    }
    if (scene.oneIn(3)) {
      arguments.add("--prune");
    }
    scene.tell(ours, String.join(" ", arguments));
    Set<String> left = new HashSet<>(repository.snapshots().keySet());
    left.removeAll(gone);
    repository.succeed(ours, arguments);
    scene.expectOnly(repository, left);
  }

  private static List<String> dry(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--dry-run");
    return all;
  }

  private static Set<String> removed(JsonNode groups) {
    Set<String> ids = new TreeSet<>();
    groups.forEach(group -> group.path("remove").forEach(one -> ids.add(one.path("id").asText())));
    return ids;
  }

  private List<String> rules() {
    List<String> rules = new ArrayList<>();
    List<String> kinds = new ArrayList<>(RULES);
    Collections.shuffle(kinds, random);
    for (String kind : kinds.subList(0, 1 + random.nextInt(2))) {
      rules.addAll(List.of("--keep-" + kind, Integer.toString(1 + random.nextInt(4))));
    }
    if (scene.oneIn(4)) {
      rules.addAll(List.of("--keep-within", 1 + random.nextInt(500) + "d12h"));
    }
    if (scene.oneIn(4)) {
      rules.addAll(List.of("--keep-within-monthly", 1 + random.nextInt(2) + "y"));
    }
    if (scene.oneIn(3)) {
      rules.addAll(List.of("--keep-tag", scene.anyTag()));
    }
    if (scene.oneIn(2)) {
      rules.add("--group-by");
      rules.add(List.of("host", "tags", "paths,tags", "").get(random.nextInt(4)));
    }
    if (scene.oneIn(4)) {
      rules.addAll(
          scene.oneIn(2)
              ? List.of("--tag", scene.anyTag())
              : List.of("--path", scene.data.toString()));
    }
    return rules;
  }

  void tag(SharedRepository repository, boolean ours) throws Exception {
    Map<String, JsonNode> before = repository.snapshots();
    Set<String> chosen = new TreeSet<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      chosen.add(repository.any(random));
    }
    String how = List.of("add", "remove", "set").get(random.nextInt(3));
    String tag = scene.anyTag();
    List<String> arguments = new ArrayList<>(List.of("tag", "--" + how, tag));
    arguments.addAll(chosen);
    scene.tell(ours, String.join(" ", arguments));
    repository.succeed(ours, arguments);

    Map<String, JsonNode> after = repository.look(random.nextBoolean());
    Map<String, Set<String>> expected = new TreeMap<>();
    before.forEach(
        (id, snapshot) -> {
          Set<String> tags = tags(snapshot);
          if (chosen.contains(id)) {
            switch (how) {
              case "add" -> tags.add(tag);
              case "remove" -> tags.remove(tag);
              default -> tags = new TreeSet<>(Set.of(tag));
            }
          }
          // To set the tags that are there writes the snapshot anew, or does not.
          boolean again = how.equals("set") && chosen.contains(id) && !after.containsKey(id);
          boolean changed = again || !tags.equals(tags(snapshot));
          expected.put(likeness(snapshot) + (changed ? " another" : " " + id), tags);
        });
    Map<String, Set<String>> actual = new TreeMap<>();
    after.forEach(
        (id, snapshot) ->
            actual.put(
                likeness(snapshot) + (before.containsKey(id) ? " " + id : " another"),
                tags(snapshot)));
    assertThat(actual).isEqualTo(expected);
  }

  private static Set<String> tags(JsonNode snapshot) {
    Set<String> tags = new TreeSet<>();
    snapshot.path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  /** What stays when a snapshot is written again. */
  private static String likeness(JsonNode snapshot) {
    return Stream.of("time", "tree", "paths", "hostname", "username", "excludes")
        .map(field -> snapshot.path(field).toString())
        .toList()
        .toString();
  }

  /** All, or some, into the other repository; nothing is copied twice by anybody. */
  void copy(SharedRepository source, boolean ours) throws Exception {
    SharedRepository destination = scene.other(source);
    List<String> chosen = new ArrayList<>();
    if (scene.oneIn(2)) {
      chosen.add(source.any(random));
    }
    scene.tell(ours, "copy from " + source.place().getFileName() + " " + chosen);
    Map<String, JsonNode> before = destination.snapshots();
    copy(source, destination, ours, chosen);
    Map<String, JsonNode> after = destination.look(random.nextBoolean());
    assertThat(after.keySet()).containsAll(before.keySet());
    Map<String, String> copies = new HashMap<>();
    after.forEach((id, copy) -> copies.put(likeness(copy) + tags(copy), id));
    source
        .snapshots()
        .forEach(
            (id, one) -> {
              if (chosen.isEmpty() || chosen.contains(id)) {
                assertThat(copies).as("copy of %s", id).containsKey(likeness(one) + tags(one));
              }
            });
    for (String id : after.keySet()) {
      assertThat(scene.knows(destination.time(id))).isTrue();
    }
    copy(source, destination, !ours, chosen);
    scene.expectUnchanged(destination);
    scene.expectUnchanged(source);
  }

  private void copy(
      SharedRepository source, SharedRepository destination, boolean ours, List<String> chosen)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("copy"));
    if (ours) {
      arguments.addAll(List.of("--from-store", "local:" + source.place()));
      arguments.addAll(List.of("--from-password", source.password()));
    } else {
      Path file = Files.writeString(source.scratch().resolve("from"), source.password());
      arguments.addAll(List.of("--from-repo", source.place().toString()));
      arguments.addAll(List.of("--from-password-file", file.toString()));
    }
    arguments.addAll(chosen);
    destination.succeed(ours, arguments);
  }
}
