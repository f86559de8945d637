package io.cloudstic.onedrive.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** The scope and the exclude patterns of one backup. Immutable, thread-safe. */
public final class Rules {
  private final List<String> scope;
  private final List<FastIgnoreRule> patterns = new ArrayList<>();
  private final String fingerprint;

  private Rules(List<String> scope, List<String> lines) {
    this.scope = scope;
    for (String line : lines) {
      String pattern = withoutTrailingBlanks(line);
      if (!pattern.isEmpty() && !pattern.startsWith("#") && !pattern.equals("/")) {
        patterns.add(new FastIgnoreRule(pattern));
      }
    }
    this.fingerprint = fingerprint(scope, lines);
  }

  /**
   * The rules of a run.
   *
   * @param scope the folder to back up, segments joined by {@code /}; empty or {@code /} for all
   * @param lines gitignore lines in their order, comments and blank lines included
   */
  public static Rules of(String scope, List<String> lines) {
    List<String> segments = new ArrayList<>();
    for (String segment : scope.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return new Rules(List.copyOf(segments), List.copyOf(lines));
  }

  /** Everything on the drive. */
  public static Rules everything() {
    return of("", List.of());
  }

  /** The names from the drive's root down to the scope folder; empty for the root. */
  public List<String> scope() {
    return scope;
  }

  /** Whether every item of the drive is in, wherever it stands. */
  public boolean acceptsEverything() {
    return scope.isEmpty() && patterns.isEmpty();
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
    for (int i = patterns.size() - 1; i >= 0; i--) {
      FastIgnoreRule pattern = patterns.get(i);
      if (pattern.isMatch(path, folder, /* pathMatch= */ true)) {
        return pattern.getResult();
      }
    }
    return false;
  }

  /** Changes when the rules do: 16 hex digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** As git does it: blanks at the end do not count unless escaped by a backslash. */
  private static String withoutTrailingBlanks(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        end = i + 1;
      } else if (c != ' ') {
        end = i + 1;
      }
    }
    return line.substring(0, end);
  }

  private static String fingerprint(List<String> scope, List<String> lines) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(String.join("/", scope).getBytes(StandardCharsets.UTF_8));
      for (String line : lines) {
        sha.update((byte) 0);
        sha.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
