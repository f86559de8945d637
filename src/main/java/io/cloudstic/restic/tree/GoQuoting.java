package io.cloudstic.restic.tree;

import java.util.Arrays;

/**
 * How names stand in trees, before JSON: escaped as Go's {@code strconv.Quote} does, without the
 * quotes around. {@link JsonBytes#name} writes that form; this reads it, also what other programs
 * escape less or more.
 */
final class GoQuoting {
  private static final int HEX = 16;
  private static final int OCTAL = 8;

  private final String text;
  private final byte[] target;
  private int at;
  private int end;

  private GoQuoting(String text) {
    this.text = text;
    this.target = new byte[text.length() * 3];
  }

  /**
   * The bytes that a quoted name stands for.
   *
   * @throws IllegalArgumentException when Go could not unquote it: an unknown or incomplete escape,
   *     a bare double quote or newline
   */
  static byte[] unquote(String quoted) {
    return new GoQuoting(quoted).unquote();
  }

  private byte[] unquote() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '"', '\n' -> throw malformed();
        case '\\' -> escape();
        // Go has read such a half of a pair as the replacement character.
        default -> end = Utf8.write(Utf8.isSurrogate(c) ? 0xfffd : c, target, end);
      }
    }
    return Arrays.copyOf(target, end);
  }

  private void escape() {
    char c = take();
    switch (c) {
      case 'a' -> put(7);
      case 'b' -> put('\b');
      case 'f' -> put('\f');
      case 'n' -> put('\n');
      case 'r' -> put('\r');
      case 't' -> put('\t');
      case 'v' -> put(11);
      case '\\', '"' -> put(c);
      case 'x' -> put(number(2, HEX));
      case 'u' -> codePoint(number(4, HEX));
      case 'U' -> codePoint(number(8, HEX));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        put(number(3, OCTAL));
      }
      default -> throw malformed();
    }
  }

  private char take() {
    if (at == text.length()) {
      throw malformed();
    }
    return text.charAt(at++);
  }

  private void put(int oneByte) {
    if (oneByte > 0xff) {
      throw malformed();
    }
    target[end++] = (byte) oneByte;
  }

  private void codePoint(int codePoint) {
    if (!Character.isValidCodePoint(codePoint) || Utf8.isSurrogate(codePoint)) {
      throw malformed();
    }
    end = Utf8.write(codePoint, target, end);
  }

  private int number(int count, int radix) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = take();
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw malformed();
      }
      value = value * radix + digit;
    }
    return value;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "a name is not quoted as Go quotes: " + TerminalText.escape(text));
  }
}
