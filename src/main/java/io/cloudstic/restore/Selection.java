package io.cloudstic.restore;

import io.cloudstic.restic.pattern.PathPatterns;
import io.cloudstic.restic.tree.NodePath;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which entries are wanted. Patterns have restic's meaning and are relative to where the restore
 * begins; what is below an entry that is matched is matched too. What is excluded is left out, even
 * where it is included. Immutable, thread-safe.
 */
public final class Selection {
  /** What becomes of an entry. */
  enum Choice {
    /** Left out, with all that is below. */
    NONE,
    /** A directory that is only wanted for the sake of something below. */
    BELOW,
    /** Taken. */
    TAKE
  }

  private static final Selection EVERYTHING = new Selection(List.of(), List.of(), List.of());

  private final List<String> paths;
  private final PathPatterns includes;
  private final PathPatterns excludes;

  private Selection(List<String> paths, List<String> includes, List<String> excludes) {
    this.paths = paths.stream().flatMap(Selection::normalised).toList();
    this.includes = PathPatterns.of(includes);
    this.excludes = PathPatterns.of(excludes);
  }

  /** No restriction. */
  public static Selection everything() {
    return EVERYTHING;
  }

  /**
   * Entries at or below one of the paths, and matched by the include patterns, and not by the
   * exclude patterns. An empty list does not restrict.
   *
   * @param paths files or directories, segments joined by {@code /}; no patterns
   * @throws io.cloudstic.failure.UsageException when a pattern is malformed
   */
  public static Selection of(List<String> paths, List<String> includes, List<String> excludes) {
    return new Selection(paths, includes, excludes);
  }

  private static Stream<String> normalised(String path) {
    StringBuilder normal = new StringBuilder();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        normal.append(normal.length() == 0 ? "" : "/").append(segment);
      }
    }
    return normal.length() == 0 ? Stream.empty() : Stream.of(normal.toString());
  }

  /** What becomes of an entry whose parent was not left out. */
  Choice choose(NodePath path, boolean directory) {
    if (this == EVERYTHING) {
      return Choice.TAKE;
    }
    if (excludes.matches(path)) {
      return Choice.NONE;
    }
    Choice byPath = paths.isEmpty() ? Choice.TAKE : byPath(path.relative(), directory);
    Choice byPattern = includes.isEmpty() ? Choice.TAKE : byPattern(path, directory);
    return byPath.compareTo(byPattern) < 0 ? byPath : byPattern;
  }

  private Choice byPath(String path, boolean directory) {
    Choice choice = Choice.NONE;
    for (String wanted : paths) {
      if (path.equals(wanted) || path.startsWith(wanted + "/")) {
        return Choice.TAKE;
      }
      if (directory && wanted.startsWith(path + "/")) {
        choice = Choice.BELOW;
      }
    }
    return choice;
  }

  private Choice byPattern(NodePath path, boolean directory) {
    if (includes.matches(path)) {
      return Choice.TAKE;
    }
    return directory && includes.mayMatchBelow(path) ? Choice.BELOW : Choice.NONE;
  }
}
