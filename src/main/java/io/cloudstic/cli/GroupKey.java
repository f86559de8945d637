package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What the snapshots of a group have in common; null where it does not count.
 *
 * @param host the host name
 * @param paths sorted
 * @param tags sorted
 */
record GroupKey(String host, List<String> paths, List<String> tags)
    implements Comparable<GroupKey> {
  static final List<Part> HOST_AND_PATHS = List.of(Part.HOST, Part.PATHS);

  /** What can be grouped by. */
  enum Part {
    HOST,
    PATHS,
    TAGS
  }

  static List<Part> parts(String text) {
    return Arrays.stream(text.split(","))
        .filter(word -> !word.isBlank())
        .map(GroupKey::part)
        .toList();
  }

  private static Part part(String word) {
    return switch (word.strip()) {
      case "host", "hosts" -> Part.HOST;
      case "path", "paths" -> Part.PATHS;
      case "tag", "tags" -> Part.TAGS;
      default ->
          throw new UsageException(
              "-group-by " + word + " is unknown",
              "host, paths, tags, or several joined by commas");
    };
  }

  static GroupKey of(Snapshot snapshot, List<Part> parts) {
    return new GroupKey(
        parts.contains(Part.HOST) ? snapshot.hostname() : null,
        parts.contains(Part.PATHS) ? sorted(snapshot.paths()) : null,
        parts.contains(Part.TAGS) ? sorted(snapshot.tags()) : null);
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().sorted().toList();
  }

  boolean isEmpty() {
    return host == null && paths == null && tags == null;
  }

  String text() {
    List<String> words = new ArrayList<>();
    if (host != null) {
      words.add("host " + host);
    }
    if (paths != null) {
      words.add("paths " + String.join(", ", paths));
    }
    if (tags != null) {
      words.add("tags " + String.join(",", tags));
    }
    return String.join(", ", words);
  }

  /** restic's form: a part that does not count is empty or null. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("hostname", host == null ? "" : host);
    json.set("paths", paths == null ? null : strings(paths));
    json.set("tags", tags == null ? null : strings(tags));
    return json;
  }

  private static com.fasterxml.jackson.databind.node.ArrayNode strings(List<String> words) {
    var array = Json.array();
    words.forEach(array::add);
    return array;
  }

  @Override
  public int compareTo(GroupKey other) {
    return Comparator.comparing(GroupKey::text).compare(this, other);
  }
}
