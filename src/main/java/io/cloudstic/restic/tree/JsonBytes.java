package io.cloudstic.restic.tree;

import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;

/**
 * A growing buffer of JSON, written to the byte as Go's {@code encoding/json} writes it: {@code <},
 * {@code >}, {@code &}, U+2028 and U+2029 escaped, nothing else that need not be. Not thread-safe.
 */
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_NUMBER = 20;
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    Arrays.fill(PLAIN, 0x20, 0x7f, true);
    for (char c : "\"\\<>&".toCharArray()) {
      PLAIN[c] = false;
    }
  }

  private byte[] bytes;
  private int length;
  private final byte[] id = new byte[Id.LENGTH];

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      int doubled = bytes.length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : bytes.length * 2;
      bytes = Arrays.copyOf(bytes, Math.max(wanted, doubled));
    }
  }

  /** Writes an ASCII character as it is. */
  JsonBytes raw(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Writes ASCII text as it is. */
  @SuppressWarnings("deprecation") // the copy of low bytes is what ASCII text needs, and is fast
  JsonBytes raw(String ascii) {
    room(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, length);
    length += ascii.length();
    return this;
  }

  /** Writes bytes as they are. */
  JsonBytes raw(byte[] source) {
    room(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
    return this;
  }

  /** An unsigned 64-bit number in decimal. */
  JsonBytes unsigned(long value) {
    if (value < 0) {
      return raw(Long.toUnsignedString(value));
    }
    room(MAX_NUMBER);
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** A time, quoted. */
  JsonBytes time(OffsetDateTime time) {
    room(GoTime.MAX_LENGTH + 2);
    bytes[length++] = '"';
    length = GoTime.write(time, bytes, length);
    bytes[length++] = '"';
    return this;
  }

  /** An id in hex, quoted. */
  JsonBytes id(Id value) {
    value.copyTo(id, 0);
    room(2 * Id.LENGTH + 2);
    bytes[length++] = '"';
    for (byte b : id) {
      hex(b);
    }
    bytes[length++] = '"';
    return this;
  }

  /** Base64, quoted. */
  JsonBytes base64(byte[] value) {
    return raw('"').raw(Base64.getEncoder().encode(value)).raw('"');
  }

  /** A string; lone surrogates become U+FFFD. */
  JsonBytes string(String text) {
    return string(Utf8.of(text));
  }

  /** A string of UTF-8; a byte that is not part of a valid sequence becomes {@code \ufffd}. */
  JsonBytes string(byte[] utf8) {
    raw('"');
    for (int at = plain(utf8); at < utf8.length; ) {
      int codePoint = Utf8.next(utf8, at);
      if (codePoint == Utf8.INVALID) {
        raw("\\ufffd");
        at++;
      } else {
        character(codePoint);
        at += Utf8.length(codePoint);
      }
    }
    return raw('"');
  }

  /** A name: quoted as Go's {@code strconv.Quote} does, then as a JSON string. */
  JsonBytes name(NodeName name) {
    byte[] source = name.raw();
    raw('"');
    for (int at = plain(source); at < source.length; ) {
      int codePoint = Utf8.next(source, at);
      if (codePoint == Utf8.INVALID) {
        raw("\\\\x");
        hex(source[at]);
        at++;
      } else {
        nameCharacter(codePoint);
        at += Utf8.length(codePoint);
      }
    }
    return raw('"');
  }

  /** Copies the ASCII that needs no escape, usually all, and returns where it ends. */
  private int plain(byte[] source) {
    room(source.length);
    int at = 0;
    while (at < source.length && source[at] >= 0 && PLAIN[source[at]]) {
      bytes[length++] = source[at++];
    }
    return at;
  }

  private void nameCharacter(int c) {
    switch (c) {
      case 7 -> raw("\\\\a");
      case 8 -> raw("\\\\b");
      case 9 -> raw("\\\\t");
      case 10 -> raw("\\\\n");
      case 11 -> raw("\\\\v");
      case 12 -> raw("\\\\f");
      case 13 -> raw("\\\\r");
      case '"' -> raw("\\\\\\\"");
      case '\\' -> raw("\\\\\\\\");
      default -> {
        if (Printable.is(c)) {
          character(c);
        } else if (c < 0x80) {
          raw("\\\\x");
          hex((byte) c);
        } else if (c < 0x10000) {
          raw("\\\\u");
          hex((byte) (c >> 8));
          hex((byte) c);
        } else {
          raw("\\\\U");
          hex((byte) (c >> 24));
          hex((byte) (c >> 16));
          hex((byte) (c >> 8));
          hex((byte) c);
        }
      }
    }
  }

  private void character(int c) {
    switch (c) {
      case '"' -> raw("\\\"");
      case '\\' -> raw("\\\\");
      case '\n' -> raw("\\n");
      case '\r' -> raw("\\r");
      case '\t' -> raw("\\t");
      case '\b' -> raw("\\b");
      case '\f' -> raw("\\f");
      case '<' -> raw("\\u003c");
      case '>' -> raw("\\u003e");
      case '&' -> raw("\\u0026");
      case 0x2028 -> raw("\\u2028");
      case 0x2029 -> raw("\\u2029");
      default -> {
        if (c < 0x20) {
          raw("\\u00");
          hex((byte) c);
        } else {
          room(4);
          length = Utf8.write(c, bytes, length);
        }
      }
    }
  }

  private void hex(byte b) {
    room(2);
    bytes[length++] = HEX[b >> 4 & 0xf];
    bytes[length++] = HEX[b & 0xf];
  }

  /**
   * A value that is JSON already, as Go writes a {@code json.RawMessage}: without white space, and
   * with {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped.
   */
  JsonBytes compact(byte[] json) {
    boolean inString = false;
    for (int at = 0; at < json.length; at++) {
      byte b = json[at];
      if (inString && b == '\\') {
        raw('\\').raw((char) (json[++at] & 0xff));
      } else if (b == '<' || b == '>' || b == '&') {
        character(b);
      } else if (b == (byte) 0xe2 && (Utf8.next(json, at) | 1) == 0x2029) {
        character(Utf8.next(json, at));
        at += 2;
      } else if (inString || b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        inString ^= b == '"';
        raw((char) (b & 0xff));
      }
    }
    return this;
  }
}
