package io.cloudstic.restore;

import io.cloudstic.restic.tree.NodePath;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * Which entries are wanted. Patterns have gitignore's syntax and are relative to where the restore
 * begins. An excluded directory is left out with everything below it; an included one is taken with
 * everything below it. Immutable, thread-safe.
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
  private final List<FastIgnoreRule> includes;
  private final List<FastIgnoreRule> excludes;

  private Selection(List<String> paths, List<String> includes, List<String> excludes) {
    this.paths = paths.stream().flatMap(Selection::normalised).toList();
    this.includes = includes.stream().flatMap(Selection::rule).toList();
    this.excludes = excludes.stream().flatMap(Selection::rule).toList();
  }

  /** No restriction. */
  public static Selection everything() {
    return EVERYTHING;
  }

  /**
   * Entries at or below one of the paths, and matched by an include pattern (or below one that is),
   * and by no exclude pattern. An empty list does not restrict.
   *
   * @param paths files or directories, segments joined by {@code /}; no patterns
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

  private static Stream<FastIgnoreRule> rule(String pattern) {
    if (pattern.isBlank() || pattern.startsWith("#")) {
      return Stream.empty();
    }
    return Stream.of(new FastIgnoreRule(pattern));
  }

  /**
   * What becomes of an entry whose parent was not left out.
   *
   * @param included whether a directory above it was included
   */
  Choice choose(NodePath path, boolean directory, boolean included) {
    if (this == EVERYTHING) {
      return Choice.TAKE;
    }
    String text = path.relative();
    if (matches(excludes, text, directory)) {
      return Choice.NONE;
    }
    Choice byPath = byPath(text, directory);
    Choice byPattern = included ? Choice.TAKE : byPattern(text, directory);
    return byPath.compareTo(byPattern) < 0 ? byPath : byPattern;
  }

  private Choice byPath(String path, boolean directory) {
    Choice choice = paths.isEmpty() ? Choice.TAKE : Choice.NONE;
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

  private Choice byPattern(String path, boolean directory) {
    if (includes.isEmpty() || matches(includes, path, directory)) {
      return Choice.TAKE;
    }
    return directory ? Choice.BELOW : Choice.NONE;
  }

  /** Whether an include pattern matches this path itself, or there is none. */
  boolean isIncluded(NodePath path, boolean directory) {
    return includes.isEmpty() || matches(includes, path.relative(), directory);
  }

  /** As in git the last rule that matches decides, and {@code !} takes back. */
  private static boolean matches(List<FastIgnoreRule> rules, String path, boolean directory) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      FastIgnoreRule rule = rules.get(i);
      if (rule.isMatch(path, directory, /* pathMatch= */ true)) {
        return rule.getResult();
      }
    }
    return false;
  }
}
