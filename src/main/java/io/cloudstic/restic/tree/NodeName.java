package io.cloudstic.restic.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a node: any bytes, as Unix has them. Immutable; ordered by unsigned bytes, as nodes
 * are in a tree (which is not the order of Java strings above U+FFFF).
 */
public final class NodeName implements Comparable<NodeName> {
  private static final int SURROGATE_BYTES = 3;

  private final byte[] bytes;

  private NodeName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The name of these bytes; they are copied. */
  public static NodeName of(byte[] bytes) {
    return new NodeName(bytes.clone());
  }

  /**
   * The name of a text, in UTF-8. A lone surrogate, which names of UTF-16 systems can hold, takes
   * its three-byte form, so that {@link #text} gives the same string again.
   */
  public static NodeName of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new NodeName(withSurrogates(text));
      }
    }
    return new NodeName(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withSurrogates(String text) {
    byte[] target = new byte[text.length() * SURROGATE_BYTES];
    int end = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      end = Utf8.write(codePoint, target, end);
      i += Character.charCount(codePoint);
    }
    return Arrays.copyOf(target, end);
  }

  /** Takes the bytes over without a copy. */
  static NodeName owning(byte[] bytes) {
    return new NodeName(bytes);
  }

  /** The bytes themselves, not to be changed. */
  byte[] raw() {
    return bytes;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** How many bytes it has. */
  public int length() {
    return bytes.length;
  }

  /**
   * Whether a tree may hold the name: not empty, not {@code .} or {@code ..}, without {@code /} and
   * without NUL.
   */
  public boolean isValid() {
    for (byte b : bytes) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    boolean dots = bytes.length <= 2 && bytes.length > 0 && bytes[0] == '.';
    return bytes.length > 0 && !(dots && bytes[bytes.length - 1] == '.');
  }

  /** Whether the bytes are UTF-8, so that {@link #display} loses nothing. */
  public boolean isText() {
    return Utf8.isValid(bytes);
  }

  /**
   * The name as a string, lone surrogates restored; U+FFFD stands for every other byte that is not
   * UTF-8.
   */
  public String text() {
    return decode(true);
  }

  /** The name as a string that is well-formed: U+FFFD stands for every byte that is not UTF-8. */
  public String display() {
    return decode(false);
  }

  private String decode(boolean surrogates) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int codePoint = Utf8.next(bytes, at);
      if (codePoint == Utf8.INVALID && surrogates && isSurrogateAt(at)) {
        text.append(
            (char) ((bytes[at] & 0xf) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f));
        at += SURROGATE_BYTES;
      } else if (codePoint == Utf8.INVALID) {
        text.append('\ufffd');
        at++;
      } else {
        text.appendCodePoint(codePoint);
        at += Utf8.length(codePoint);
      }
    }
    return text.toString();
  }

  private boolean isSurrogateAt(int at) {
    return at + SURROGATE_BYTES <= bytes.length
        && (bytes[at] & 0xff) == 0xed
        && (bytes[at + 1] & 0xe0) == 0xa0
        && (bytes[at + 2] & 0xc0) == 0x80;
  }

  /**
   * The name as it may be shown on a terminal: whatever could move the cursor, change the direction
   * of writing or be invisible is written as an escape such as {@code \x1b} or {@code \u202e}.
   */
  public String terminalSafe() {
    return TerminalText.escape(bytes);
  }

  @Override
  public int compareTo(NodeName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As {@link #terminalSafe}. */
  @Override
  public String toString() {
    return terminalSafe();
  }
}
