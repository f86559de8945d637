package io.cloudstic.restic.pattern;

import io.cloudstic.failure.UsageException;

/**
 * A pattern for one name, by the rules of Go's {@code path/filepath.Match}: {@code *} is any text,
 * {@code ?} any character, {@code [a-z]} one of these, {@code [^a-z]} none of these, and a
 * backslash takes the meaning away from what follows. Immutable.
 */
final class Glob {
  private final int[] pattern;
  private final boolean plain;
  private final String text;

  /**
   * A glob.
   *
   * @throws UsageException when a bracket is not closed or holds nothing, or a backslash is last
   */
  Glob(String text) {
    this.text = text;
    this.pattern = text.codePoints().toArray();
    this.plain = text.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
    check();
  }

  private void check() {
    for (int at = 0; at < pattern.length; ) {
      at = pattern[at] == '*' ? at + 1 : end(at);
    }
  }

  boolean matches(String name) {
    return plain ? text.equals(name) : matches(name.codePoints().toArray());
  }

  /**
   * On a mismatch only the last star takes one character more: what earlier ones took is enough.
   */
  private boolean matches(int[] name) {
    int at = 0;
    int star = -1;
    int taken = 0;
    for (int i = 0; i < name.length; ) {
      if (at < pattern.length && pattern[at] == '*') {
        star = ++at;
        taken = i;
      } else if (at < pattern.length && matchesOne(at, name[i])) {
        at = end(at);
        i++;
      } else if (star >= 0) {
        at = star;
        i = ++taken;
      } else {
        return false;
      }
    }
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    return at == pattern.length;
  }

  private boolean matchesOne(int at, int character) {
    return switch (pattern[at]) {
      case '?' -> true;
      case '\\' -> pattern[at + 1] == character;
      case '[' -> matchesClass(at + 1, character);
      default -> pattern[at] == character;
    };
  }

  private boolean matchesClass(int begin, int character) {
    boolean negated = pattern[begin] == '^';
    boolean found = false;
    int at = negated ? begin + 1 : begin;
    while (pattern[at] != ']') {
      int low = pattern[literal(at)];
      at = literal(at) + 1;
      int high = low;
      if (pattern[at] == '-') {
        high = pattern[literal(at + 1)];
        at = literal(at + 1) + 1;
      }
      found |= low <= character && character <= high;
    }
    return found != negated;
  }

  /** Where the character stands that begins here, past a backslash. */
  private int literal(int at) {
    return pattern[at] == '\\' ? at + 1 : at;
  }

  /** Where what matches one character ends. */
  private int end(int begin) {
    if (pattern[begin] == '\\') {
      return required(begin + 1) + 1;
    }
    if (pattern[begin] != '[') {
      return begin + 1;
    }
    int at = required(begin + 1) + (pattern[begin + 1] == '^' ? 1 : 0);
    int first = at;
    while (pattern[required(at)] != ']' || at == first) {
      at = endOfLiteral(at);
      if (pattern[required(at)] == '-') {
        at = endOfLiteral(at + 1);
      }
    }
    return at + 1;
  }

  private int endOfLiteral(int at) {
    int character = required(at);
    if (pattern[character] == ']' || pattern[character] == '-') {
      throw malformed();
    }
    return required(literal(at)) + 1;
  }

  private int required(int at) {
    if (at >= pattern.length) {
      throw malformed();
    }
    return at;
  }

  private UsageException malformed() {
    return new UsageException(
        "the pattern '" + text + "' is malformed",
        "close each bracket, put something into it, and write \\ before a special character");
  }
}
