package io.cloudstic.restic.pattern;

import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import java.util.List;

/**
 * A list of patterns, of which a later one that begins with {@code !} takes back what an earlier
 * one matches. Immutable, thread-safe.
 */
public final class PathPatterns {
  private final List<PathPattern> patterns;

  private PathPatterns(List<PathPattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * These patterns; blank ones do not count.
   *
   * @throws io.cloudstic.failure.UsageException when one is malformed
   */
  public static PathPatterns of(List<String> patterns) {
    return new PathPatterns(
        patterns.stream()
            .filter(text -> !text.isBlank() && !text.equals("!"))
            .map(PathPattern::of)
            .toList());
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether the path is matched, or something above it. */
  public boolean matches(NodePath path) {
    if (patterns.isEmpty()) {
      return false;
    }
    List<String> names = names(path);
    boolean matched = false;
    for (PathPattern pattern : patterns) {
      if (pattern.matches(names)) {
        matched = !pattern.isNegated();
      }
    }
    return matched;
  }

  /** Whether something below the path may be matched. */
  public boolean mayMatchBelow(NodePath path) {
    List<String> names = names(path);
    boolean may = false;
    for (PathPattern pattern : patterns) {
      if (!pattern.isNegated()) {
        may |= pattern.mayMatchBelow(names);
      } else if (pattern.matches(names)) {
        may = false;
      }
    }
    return may;
  }

  private static List<String> names(NodePath path) {
    return path.names().stream().map(NodeName::display).toList();
  }
}
