package io.cloudstic.onedrive.rules;

/**
 * Matches bytes against a pattern with the wildcards of gitignore: {@code ?}, {@code *}, {@code
 * **}, sets in brackets, and the backslash that takes away a meaning. It works on bytes of UTF-8,
 * as git does, so that {@code ?} is one byte; libraries that work on characters, or read sets and
 * repeated slashes otherwise, do not agree with {@code git check-ignore}. Stateless.
 */
final class Wildcards {
  private enum Result {
    MATCH,
    NO_MATCH,
    /** No longer text can match either: the text is used up. */
    USED_UP,
    /** Only a {@code **} further left can still make it match. */
    NEEDS_MORE_DEPTH
  }

  private final byte[] pattern;
  private final byte[] text;
  private final boolean slashes;

  private Wildcards(byte[] pattern, byte[] text, boolean slashes) {
    this.pattern = pattern;
    this.text = text;
    this.slashes = slashes;
  }

  /**
   * Whether the pattern from an offset matches all of the text from an offset.
   *
   * @param slashes whether slashes divide the text, so that only {@code **} crosses them
   */
  static boolean match(byte[] pattern, int from, byte[] text, int textFrom, boolean slashes) {
    return new Wildcards(pattern, text, slashes).match(from, textFrom) == Result.MATCH;
  }

  private int at(int p) {
    return p < pattern.length ? pattern[p] & 0xFF : 0;
  }

  private int textAt(int t) {
    return t < text.length ? text[t] & 0xFF : 0;
  }

  private Result match(int start, int textStart) {
    int t = textStart;
    int p = start;
    while (p < pattern.length) {
      int c = at(p);
      if (t >= text.length && c != '*') {
        return Result.USED_UP;
      }
      switch (c) {
        case '*' -> {
          return stars(start, p, t);
        }
        case '?' -> {
          if (slashes && textAt(t) == '/') {
            return Result.NO_MATCH;
          }
          p++;
        }
        case '[' -> {
          ByteSet set = ByteSet.read(pattern, p);
          if (set == null) {
            return Result.USED_UP;
          }
          if (!set.contains(textAt(t)) || slashes && textAt(t) == '/') {
            return Result.NO_MATCH;
          }
          p = set.end();
        }
        default -> {
          int literal = c == '\\' ? ++p : p;
          if (at(literal) != textAt(t)) {
            return Result.NO_MATCH;
          }
          p++;
        }
      }
      t++;
    }
    return t < text.length ? Result.NO_MATCH : Result.MATCH;
  }

  /** One star or more, and all that follows them. */
  private Result stars(int start, int star, int textFrom) {
    int p = star + 1;
    while (at(p) == '*') {
      p++;
    }
    boolean crosses = !slashes;
    boolean several = p - star > 1;
    if (slashes && several) {
      boolean opens = star == start || at(star - 1) == '/';
      boolean closes = p >= pattern.length || at(p) == '/' || at(p) == '\\' && at(p + 1) == '/';
      crosses = opens && closes;
      // foo/**/bar is foo/bar, too.
      if (crosses && at(p) == '/' && match(p + 1, textFrom) == Result.MATCH) {
        return Result.MATCH;
      }
    }
    if (p >= pattern.length) {
      return !crosses && slash(textFrom) >= 0 ? Result.NEEDS_MORE_DEPTH : Result.MATCH;
    }
    if (!crosses && at(p) == '/') {
      int slash = slash(textFrom);
      return slash < 0 ? Result.USED_UP : match(p + 1, slash + 1);
    }
    return rest(p, textFrom, crosses);
  }

  private Result rest(int p, int textFrom, boolean crosses) {
    for (int t = textFrom; t < text.length; t++) {
      Result result = match(p, t);
      if (result != Result.NO_MATCH) {
        if (!crosses || result != Result.NEEDS_MORE_DEPTH) {
          return result;
        }
      } else if (!crosses && textAt(t) == '/') {
        return Result.NEEDS_MORE_DEPTH;
      }
    }
    return Result.USED_UP;
  }

  private int slash(int from) {
    for (int t = from; t < text.length; t++) {
      if (text[t] == '/') {
        return t;
      }
    }
    return -1;
  }
}
