package io.cloudstic.history;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.pattern.PathPatterns;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is searched for: restic's patterns, which match everything below a directory that they
 * match, and bounds. Immutable.
 */
public final class SearchCriteria {
  private final PathPatterns patterns;
  private final boolean ignoreCase;
  private final boolean looksAtPlaces;
  private final Instant oldest;
  private final Instant newest;
  private final NodeType type;

  /**
   * What is searched for.
   *
   * @param patterns at least one
   * @param ignoreCase whether case does not count
   * @param oldest the earliest time of modification; null for any
   * @param newest the latest time of modification; null for any
   * @param type null for any
   * @throws UsageException when a pattern is malformed
   */
  public SearchCriteria(
      List<String> patterns, boolean ignoreCase, Instant oldest, Instant newest, NodeType type) {
    this.patterns =
        PathPatterns.of(
            ignoreCase
                ? patterns.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList()
                : patterns);
    this.ignoreCase = ignoreCase;
    this.looksAtPlaces = patterns.stream().anyMatch(text -> text.contains("/"));
    this.oldest = oldest;
    this.newest = newest;
    this.type = type;
  }

  /** Whether an entry is one that is searched for. */
  boolean accepts(NodePath path, Node node) {
    Instant time = node.mtime().toInstant();
    return (type == null || node.type() == type)
        && (oldest == null || !time.isBefore(oldest))
        && (newest == null || !time.isAfter(newest))
        && patterns.matches(compared(path));
  }

  /** Whether something below a directory may be searched for. */
  boolean mayAcceptBelow(NodePath path) {
    return patterns.mayMatchBelow(compared(path));
  }

  private NodePath compared(NodePath path) {
    return ignoreCase ? NodePath.parse(path.display().toLowerCase(Locale.ROOT)) : path;
  }

  /**
   * What of a directory's place counts for what is found in it: directories with the same tree and
   * the same answer here hold the same.
   */
  String placeThatCounts(NodePath path) {
    return looksAtPlaces ? path.display() : patterns.matches(compared(path)) ? "inside" : "";
  }
}
