package io.cloudstic.restic.snapshot;

import io.cloudstic.failure.UsageException;
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
public record GroupKey(String host, List<String> paths, List<String> tags)
    implements Comparable<GroupKey> {
  /** How restic groups unless told otherwise. */
  public static final List<Part> HOST_AND_PATHS = List.of(Part.HOST, Part.PATHS);

  /** What can be grouped by. */
  public enum Part {
    /** The host name. */
    HOST,
    /** All paths, in any order. */
    PATHS,
    /** All tags, in any order. */
    TAGS
  }

  /**
   * The parts in a list joined by commas, as {@code -group-by} takes it; an empty text is no part.
   *
   * @throws UsageException when one is unknown
   */
  public static List<Part> parts(String text) {
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

  /** The key of the group that the snapshot belongs to. */
  public static GroupKey of(Snapshot snapshot, List<Part> parts) {
    return new GroupKey(
        parts.contains(Part.HOST) ? snapshot.hostname() : null,
        parts.contains(Part.PATHS) ? sorted(snapshot.paths()) : null,
        parts.contains(Part.TAGS) ? sorted(snapshot.tags()) : null);
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().sorted().toList();
  }

  /** Whether nothing counts, so that all snapshots are one group. */
  public boolean isEmpty() {
    return host == null && paths == null && tags == null;
  }

  /** The key for people; it may hold any character. */
  public String text() {
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

  /** By the text, and where a comma in a name makes two keys look the same, by what differs. */
  @Override
  public int compareTo(GroupKey other) {
    return Comparator.comparing(GroupKey::text)
        .thenComparing(key -> joined(key.paths))
        .thenComparing(key -> joined(key.tags))
        .compare(this, other);
  }

  /** No path or tag holds a NUL. */
  private static String joined(List<String> words) {
    return words == null ? "" : words.size() + "\0" + String.join("\0", words);
  }
}
