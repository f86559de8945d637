package io.cloudstic.cli;

/**
 * How many columns of a terminal a text takes: none for marks that combine with the letter before,
 * two for the wide letters of East Asia and for pictures (Unicode Standard Annex 11), else one.
 */
final class TextWidth {
  private TextWidth() {}

  static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      width += of(codePoint);
      at += Character.charCount(codePoint);
    }
    return width;
  }

  /** The text with blanks up to that many columns. */
  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** The beginning of the text that takes at most that many columns. */
  static String cut(String text, int columns) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      width += of(codePoint);
      if (width > columns) {
        return text.substring(0, at);
      }
      at += Character.charCount(codePoint);
    }
    return text;
  }

  private static int of(int codePoint) {
    if (codePoint >= ' ' && codePoint <= '~') {
      return 1;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || type == Character.CONTROL) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return within(c, 0x1100, 0x115f) // Hangul Jamo
        || within(c, 0x2e80, 0x303e) // CJK radicals and punctuation
        || within(c, 0x3041, 0xa4cf) // Kana to Yi
        || within(c, 0xac00, 0xd7a3) // Hangul
        || within(c, 0xf900, 0xfaff) // CJK compatibility
        || within(c, 0xfe30, 0xfe6f) // CJK forms
        || within(c, 0xff00, 0xff60) // full-width forms
        || within(c, 0xffe0, 0xffe6)
        || within(c, 0x1f300, 0x1f64f) // pictures
        || within(c, 0x1f900, 0x1f9ff)
        || within(c, 0x20000, 0x3fffd); // CJK extensions
  }

  private static boolean within(int c, int first, int last) {
    return c >= first && c <= last;
  }
}
