package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What restic and this program tell of one repository is the same, whatever they are asked. */
final class Agreement {
  /**
   * Newer versions of restic show more than older ones; and our own words beside restic's. From
   * 0.17 on restic also marks files that changed though their metadata did not, as where the two
   * programs cut the same file.
   */
  private static final Set<String> NOT_COMPARED =
      Set.of("inode", "device_id", "message_type", "renamed", "source_id", "target_id");

  private final Random random;

  Agreement(Random random) {
    this.random = random;
  }

  /** Asks both something at random; returns in words what it was. */
  String ask(SharedRepository repository) throws Exception {
    String one = repository.any(random);
    String other = repository.any(random);
    switch (random.nextInt(8)) {
      case 0 -> same(repository, "ls", one);
      case 1 -> same(repository, "diff", one, other);
      case 2 -> same(repository, "diff", "--metadata", other, one);
      case 3 -> {
        String pattern = List.of("*.txt", "d1", "/**/e?", "a", "f*").get(random.nextInt(5));
        unordered(repository, "find", pattern);
      }
      case 4 -> {
        String mode = random.nextBoolean() ? "restore-size" : "raw-data";
        String[] all = {"stats", "--mode", mode, one, other};
        same(repository, List.of(all).subList(0, 3 + random.nextInt(3)).toArray(String[]::new));
        return String.join(" ", all);
      }
      case 5 -> dump(repository, one);
      case 6 -> {
        unordered(repository, "snapshots", "--latest", "1");
        unordered(repository, "snapshots", "--tag", "t" + random.nextInt(3));
        unordered(repository, "key", "list");
      }
      default -> {
        same(repository, "cat", "config");
        same(repository, "cat", "snapshot", one);
        return "cat";
      }
    }
    return "whatever both tell of " + one.substring(0, 8) + " and " + other.substring(0, 8);
  }

  private static void same(SharedRepository repository, String... arguments) throws Exception {
    JsonNode ours = repository.json(true, arguments);
    JsonNode theirs = repository.json(false, arguments);
    // Lines of restic are a list of ours, even if there is one only.
    JsonNode alike = theirs.isObject() && ours.isArray() ? ours.path(0) : ours;
    assertThat(differences(theirs, alike)).as("%s: %s", List.of(arguments), theirs).isEmpty();
  }

  /** For lists whose order restic leaves to chance. */
  private static void unordered(SharedRepository repository, String... arguments) throws Exception {
    TreeMap<String, JsonNode> ours = sorted(repository.json(true, arguments));
    TreeMap<String, JsonNode> theirs = sorted(repository.json(false, arguments));
    assertThat(ours.keySet()).as("%s", List.of(arguments)).isEqualTo(theirs.keySet());
    theirs.forEach(
        (id, node) ->
            assertThat(differences(node, ours.get(id)))
                .as("%s: %s", List.of(arguments), node)
                .isEmpty());
  }

  private static TreeMap<String, JsonNode> sorted(JsonNode list) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    for (JsonNode one : list) {
      String id = one.path("id").asText(one.path("snapshot").asText());
      sorted.put(id.substring(0, 8), one);
    }
    assertThat(sorted).hasSize(list.size());
    return sorted;
  }

  /** Where ours does not say what restic says; it may say more. */
  private static List<String> differences(JsonNode theirs, JsonNode ours) {
    List<String> found = new ArrayList<>();
    compare("", theirs, ours, found);
    return found;
  }

  private static void compare(String where, JsonNode theirs, JsonNode ours, List<String> found) {
    if (theirs.isObject()) {
      theirs
          .fields()
          .forEachRemaining(
              field -> {
                if (!NOT_COMPARED.contains(field.getKey())) {
                  String path = where + "/" + field.getKey();
                  compare(path, field.getValue(), ours.path(field.getKey()), found);
                }
              });
    } else if (theirs.isArray() && theirs.size() == ours.size()) {
      for (int i = 0; i < theirs.size(); i++) {
        compare(where + "/" + i, theirs.get(i), ours.get(i), found);
      }
    } else if (theirs.isNumber() && theirs.asDouble() == ours.asDouble(-1)) {
      return;
    } else if (!theirs.equals(ours)
        && !(where.endsWith("id") && isBegin(theirs, ours))
        && !(where.endsWith("modifier") && theirs.asText().equals(ours.asText() + "?"))) {
      found.add(where + " is " + ours + " instead of " + theirs);
    }
  }

  /** Ids of keys are short in some versions. */
  private static boolean isBegin(JsonNode theirs, JsonNode ours) {
    return theirs.asText().startsWith(ours.asText()) && ours.asText().length() == 8;
  }

  private void dump(SharedRepository repository, String snapshot) throws Exception {
    List<JsonNode> files = new ArrayList<>();
    List<JsonNode> folders = new ArrayList<>();
    for (JsonNode node : repository.json(true, "ls", snapshot)) {
      if (node.path("type").asText().equals("file")) {
        files.add(node);
      } else if (node.path("type").asText().equals("dir")) {
        folders.add(node);
      }
    }
    Path target = Files.createTempFile(repository.scratch(), "dump", null);
    if (!files.isEmpty()) {
      String path = files.get(random.nextInt(files.size())).path("path").asText();
      repository.ours(0, "dump", snapshot, path, "--target", target.toString());
      assertThat(target).hasBinaryContent(repository.restic().succeed("dump", snapshot, path));
    }
    if (!folders.isEmpty()) {
      String path = folders.get(random.nextInt(folders.size())).path("path").asText();
      repository.ours(0, "dump", snapshot, path, "--target", target.toString());
      Path theirs = Files.createTempFile(repository.scratch(), "dump", null);
      Files.write(theirs, repository.restic().succeed("dump", snapshot, path));
      Map<String, String> held = contents(theirs, path);
      assertThat(contents(target, path)).as("tar of %s", path).isEqualTo(held);
    }
  }

  /** What is in the folder. restic rounds times, and leaves out those of the folder itself. */
  private static Map<String, String> contents(Path archive, String folder) throws Exception {
    Map<String, String> contents = new TreeMap<>();
    FileState.of(extracted(archive))
        .below(folder)
        .entries()
        .forEach((path, entry) -> contents.put(path, entry.content()));
    return contents;
  }

  private static Path extracted(Path archive) throws Exception {
    Path directory = Files.createDirectory(archive.resolveSibling(archive.getFileName() + ".d"));
    Process tar =
        new ProcessBuilder("tar", "-xf", archive.toString(), "-C", directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes());
    assertThat(tar.waitFor()).as(said).isZero();
    return directory;
  }
}
