package io.cloudstic.onedrive.rules;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * A set in brackets: {@code [abc]}, {@code [a-z]}, {@code [!a]} and {@code [^a]}, {@code
 * [[:digit:]]}; a closing bracket that comes first is a member, a backslash makes any byte one.
 *
 * @param members the bytes that are written
 * @param negated whether all others are meant
 * @param end the offset behind the closing bracket
 */
record ByteSet(BitSet members, boolean negated, int end) {

  boolean contains(int b) {
    return members.get(b) != negated;
  }

  /** The set whose opening bracket stands at this offset; null when it is not closed or unknown. */
  static ByteSet read(byte[] pattern, int open) {
    int p = open + 1;
    boolean negated = p < pattern.length && (pattern[p] == '!' || pattern[p] == '^');
    if (negated) {
      p++;
    }
    BitSet members = new BitSet(256);
    // The byte before, from which a range may begin; -1 after a range or a class.
    int before = -1;
    for (boolean first = true; p >= pattern.length || pattern[p] != ']' || first; first = false) {
      if (p >= pattern.length) {
        return null;
      }
      int c = pattern[p] & 0xFF;
      boolean range = c == '-' && before >= 0 && p + 1 < pattern.length && pattern[p + 1] != ']';
      boolean named = c == '[' && p + 1 < pattern.length && pattern[p + 1] == ':';
      if (range) {
        p = escaped(pattern, p + 1);
        if (p >= pattern.length) {
          return null;
        }
        int to = pattern[p] & 0xFF;
        if (before <= to) {
          members.set(before, to + 1);
        }
        before = -1;
      } else if (named) {
        int close = indexOf(pattern, p + 2);
        if (close < 0) {
          return null;
        }
        if (close == p + 2 || pattern[close - 1] != ':') {
          // No ":]" follows: the bracket is a member like any other.
          members.set(c);
          before = c;
        } else {
          String name = new String(pattern, p + 2, close - p - 3, StandardCharsets.ISO_8859_1);
          if (!addClass(name, members)) {
            return null;
          }
          p = close;
          before = -1;
        }
      } else {
        p = escaped(pattern, p);
        if (p >= pattern.length) {
          return null;
        }
        before = pattern[p] & 0xFF;
        members.set(before);
      }
      p++;
    }
    return new ByteSet(members, negated, p + 1);
  }

  private static int escaped(byte[] pattern, int p) {
    return pattern[p] == '\\' ? p + 1 : p;
  }

  private static int indexOf(byte[] pattern, int from) {
    for (int i = from; i < pattern.length; i++) {
      if (pattern[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  /** Adds the bytes of a POSIX class; false when there is none of this name. */
  private static boolean addClass(String name, BitSet members) {
    boolean known = true;
    for (int c = 0; c < 128 && known; c++) {
      boolean upper = c >= 'A' && c <= 'Z';
      boolean lower = c >= 'a' && c <= 'z';
      boolean digit = c >= '0' && c <= '9';
      boolean printable = c > ' ' && c < 127;
      boolean alnum = upper || lower || digit;
      boolean in = false;
      switch (name) {
        case "alnum" -> in = alnum;
        case "alpha" -> in = upper || lower;
        case "blank" -> in = c == ' ' || c == '\t';
        case "cntrl" -> in = c < ' ' || c == 127;
        case "digit" -> in = digit;
        case "graph" -> in = printable;
        case "lower" -> in = lower;
        case "print" -> in = printable || c == ' ';
        case "punct" -> in = printable && !alnum;
        case "space" -> in = c == ' ' || c >= '\t' && c <= '\r';
        case "upper" -> in = upper;
        case "xdigit" -> in = digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
        default -> known = false;
      }
      if (in) {
        members.set(c);
      }
    }
    return known;
  }
}
