package io.cloudstic.onedrive.rules;

import io.cloudstic.failure.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One pattern of gitignore (gitignore(5)): negated by a leading {@code !}, for folders only with a
 * slash at its end, matched against names anywhere unless it has another slash, else against the
 * path from the root on. Immutable.
 */
final class ExcludePattern {
  private final PatternLine line;
  private final boolean negated;
  private final boolean foldersOnly;
  private final boolean nameOnly;
  private final byte[] pattern;
  private final int literal;

  private ExcludePattern(PatternLine line, String text) {
    this.line = line;
    this.negated = text.startsWith("!");
    byte[] bytes = (negated ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    this.foldersOnly = length > 0 && bytes[length - 1] == '/';
    length -= foldersOnly ? 1 : 0;
    this.nameOnly = indexOfSlash(bytes, length) < 0;
    boolean anchored = length > 0 && bytes[0] == '/';
    this.pattern = Arrays.copyOfRange(bytes, anchored ? 1 : 0, length);
    int plain = 0;
    while (plain < pattern.length && "*?[\\".indexOf(pattern[plain]) < 0) {
      plain++;
    }
    this.literal = plain;
  }

  /**
   * The pattern of a line; nothing for comments and blank lines.
   *
   * @throws UsageException with the place of the line, when nothing can be meant by it
   */
  static Optional<ExcludePattern> of(PatternLine line) {
    String text = withoutTrailingBlanks(line.text());
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    ExcludePattern pattern = new ExcludePattern(line, text);
    String wrong = pattern.problem();
    if (wrong != null) {
      throw new UsageException(
          line.origin() + ": the pattern " + text + " cannot be read: " + wrong,
          "write \\[ or \\\\ for the character itself");
    }
    return pattern.pattern.length == 0 ? Optional.empty() : Optional.of(pattern);
  }

  /** The line that it was read from. */
  PatternLine line() {
    return line;
  }

  /** Whether what matches is not excluded. */
  boolean negated() {
    return negated;
  }

  /** Whether the path matches, of which every folder above is known not to be excluded. */
  boolean matches(byte[] path, boolean folder) {
    if (foldersOnly && !folder) {
      return false;
    }
    if (nameOnly) {
      return Wildcards.match(pattern, 0, path, nameOf(path), false);
    }
    // git compares the part before the first wildcard by itself: a ** behind it counts as leading.
    return path.length >= literal
        && Arrays.equals(pattern, 0, literal, path, 0, literal)
        && Wildcards.match(pattern, literal, path, literal, true);
  }

  /** What is wrong with it; null when it can be read. git would never match such a pattern. */
  private String problem() {
    int p = 0;
    while (p < pattern.length) {
      if (pattern[p] == '\\') {
        p++;
        if (p == pattern.length) {
          return "it ends in a backslash that escapes nothing";
        }
      } else if (pattern[p] == '[') {
        ByteSet set = ByteSet.read(pattern, p);
        if (set == null) {
          return "a bracket is not closed, or holds an unknown class";
        }
        p = set.end() - 1;
      }
      p++;
    }
    return null;
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

  private static int nameOf(byte[] path) {
    int p = path.length;
    while (p > 0 && path[p - 1] != '/') {
      p--;
    }
    return p;
  }

  private static int indexOfSlash(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '/') {
        return i;
      }
    }
    return -1;
  }
}
