package io.cloudstic.onedrive.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The scope and the exclude patterns of one backup. Immutable, thread-safe. */
public final class Rules {
  private final List<String> scope;
  private final List<ExcludePattern> patterns;
  private final String fingerprint;

  private Rules(List<String> scope, List<PatternLine> lines) {
    this.scope = scope;
    this.patterns = lines.stream().flatMap(line -> ExcludePattern.of(line).stream()).toList();
    this.fingerprint = fingerprint(scope, lines);
  }

  /**
   * The rules of a run.
   *
   * @param scope the folder to back up, segments joined by {@code /}; empty or {@code /} for all
   * @param lines gitignore lines in their order, comments and blank lines included
   * @throws io.cloudstic.failure.UsageException when a line cannot be read
   */
  public static Rules ofLines(String scope, List<PatternLine> lines) {
    List<String> segments = new ArrayList<>();
    for (String segment : scope.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return new Rules(List.copyOf(segments), List.copyOf(lines));
  }

  /** The rules of these lines, wherever they were written. */
  public static Rules of(String scope, List<String> lines) {
    return ofLines(scope, lines.stream().map(PatternLine::ofFlag).toList());
  }

  /** Everything on the drive. */
  public static Rules everything() {
    return of("", List.of());
  }

  /** The names from the drive's root down to the scope folder; empty for the root. */
  public List<String> scope() {
    return scope;
  }

  /** Whether there are patterns at all. */
  public boolean hasPatterns() {
    return !patterns.isEmpty();
  }

  /**
   * Whether git would ignore this path, of which every parent folder is known not to be ignored.
   * The last pattern that matches decides.
   *
   * @param path relative to the scope, segments joined by {@code /}, without a leading one
   */
  public boolean excludes(String path, boolean folder) {
    return deciding(path, folder).map(decision -> decision.excludes).orElse(false);
  }

  /**
   * The pattern that decides of a path, of which every parent folder is known not to be excluded;
   * empty when none matches.
   */
  public Optional<Decision> deciding(String path, boolean folder) {
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (int i = patterns.size() - 1; i >= 0; i--) {
      ExcludePattern pattern = patterns.get(i);
      if (pattern.matches(bytes, folder)) {
        return Optional.of(new Decision(pattern.line(), !pattern.negated()));
      }
    }
    return Optional.empty();
  }

  /**
   * What a pattern says of a path.
   *
   * @param line where the pattern stands
   * @param excludes whether it excludes the path; else it keeps it in
   */
  public record Decision(PatternLine line, boolean excludes) {}

  /** Changes when the rules do: 16 hex digits. */
  public String fingerprint() {
    return fingerprint;
  }

  private static String fingerprint(List<String> scope, List<PatternLine> lines) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(String.join("/", scope).getBytes(StandardCharsets.UTF_8));
      for (PatternLine line : lines) {
        sha.update((byte) 0);
        sha.update(line.text().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
