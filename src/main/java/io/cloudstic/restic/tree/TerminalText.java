package io.cloudstic.restic.tree;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text from a repository or a drive, made harmless for a terminal. Names are hostile until proven
 * otherwise: an escape sequence could rewrite what the user reads, and marks of direction could
 * turn an extension round.
 */
public final class TerminalText {
  private static final HexFormat HEX = HexFormat.of();

  private TerminalText() {}

  /** The text with control, format, private and unassigned characters written as escapes. */
  public static String escape(String text) {
    return escape(NodeName.of(text).raw());
  }

  /** The same for bytes; those that are not UTF-8 become {@code \xhh}. */
  static String escape(byte[] bytes) {
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (int at = 0; at < bytes.length; ) {
      int codePoint = Utf8.next(bytes, at);
      if (codePoint == Utf8.INVALID) {
        text.append("\\x").append(HEX.toHexDigits(bytes[at]));
      } else if (Printable.is(codePoint) || isHarmless(codePoint)) {
        text.appendCodePoint(codePoint);
      } else if (codePoint < 0x80) {
        text.append("\\x").append(HEX.toHexDigits((byte) codePoint));
      } else if (codePoint < 0x10000) {
        text.append("\\u").append(HEX.toHexDigits((char) codePoint));
      } else {
        text.append("\\U").append(HEX.toHexDigits(codePoint));
      }
      at += codePoint == Utf8.INVALID ? 1 : Utf8.length(codePoint);
    }
    return text.toString();
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x20 || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Spaces, and the joiners that emoji and Indic scripts need. */
  private static boolean isHarmless(int codePoint) {
    return codePoint == 0x200c
        || codePoint == 0x200d
        || Character.getType(codePoint) == Character.SPACE_SEPARATOR;
  }
}
