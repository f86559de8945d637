package io.cloudstic.restic.tree;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8, character by character, as Go reads it: no overlong forms, no surrogates, nothing above
 * U+10FFFF; a byte that is not part of a valid sequence is invalid on its own.
 */
final class Utf8 {
  /** What {@link #next} returns for a byte that is not part of a valid sequence. */
  static final int INVALID = -1;

  private static final int[] SMALLEST = {0, 0, 0x80, 0x800, 0x10000};

  private Utf8() {}

  /** The code point that begins at {@code at}, or {@link #INVALID}. */
  static int next(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) {
      return INVALID;
    }
    int codePoint = first & 0x7f >> length;
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return INVALID;
      }
      codePoint = codePoint << 6 | bytes[i] & 0x3f;
    }
    boolean valid =
        codePoint >= SMALLEST[length]
            && codePoint <= Character.MAX_CODE_POINT
            && !isSurrogate(codePoint);
    return valid ? codePoint : INVALID;
  }

  /** How many bytes a result of {@link #next} took. */
  static int length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The bytes of a string; U+FFFD stands for each lone surrogate, as Go reads one in JSON. */
  static byte[] of(String text) {
    String wellFormed = text;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int[] codePoints = text.codePoints().map(c -> isSurrogate(c) ? 0xfffd : c).toArray();
        wellFormed = new String(codePoints, 0, codePoints.length);
        break;
      }
    }
    return wellFormed.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether all of it is valid. */
  static boolean isValid(byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      int codePoint = next(bytes, at);
      if (codePoint == INVALID) {
        return false;
      }
      at += length(codePoint);
    }
    return true;
  }

  /**
   * Writes a code point to {@code target} and returns the end. A surrogate is written in the same
   * three-byte form as its neighbours, which readers of UTF-8 take as invalid.
   */
  static int write(int codePoint, byte[] target, int at) {
    int end = at;
    if (codePoint < 0x80) {
      target[end++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      target[end++] = (byte) (0xc0 | codePoint >> 6);
      target[end++] = (byte) (0x80 | codePoint & 0x3f);
    } else if (codePoint < 0x10000) {
      target[end++] = (byte) (0xe0 | codePoint >> 12);
      target[end++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
      target[end++] = (byte) (0x80 | codePoint & 0x3f);
    } else {
      target[end++] = (byte) (0xf0 | codePoint >> 18);
      target[end++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
      target[end++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
      target[end++] = (byte) (0x80 | codePoint & 0x3f);
    }
    return end;
  }
}
