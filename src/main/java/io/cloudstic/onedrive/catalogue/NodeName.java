package io.cloudstic.onedrive.catalogue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The names that a snapshot's nodes can have. Names from Graph are kept exactly where a tree can
 * hold them; those that it cannot (none, {@code .}, {@code ..}, with {@code /} or NUL) are changed
 * visibly.
 */
final class NodeName {
  private NodeName() {}

  /** The node's name for what Graph calls the item, which may be null. */
  static String of(String given, String key) {
    if (given == null || given.isEmpty()) {
      return "unnamed~" + tag(key);
    }
    if (given.equals(".") || given.equals("..")) {
      return given + "~" + tag(key);
    }
    return given.replace('/', '\u2215').replace('\0', '\u2400');
  }

  /** Another name for a second item of the same name in one folder; sorts after that name. */
  static String distinct(String name, String key) {
    return name + "~" + tag(key);
  }

  /** Eight hex digits of an item's key, the same in every run. */
  private static String tag(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /**
   * UTF-8, by whose bytes trees are ordered. Half surrogate pairs, which Graph sends as JSON
   * escapes, get the three bytes of their number (generalized UTF-8), so that no name is lost.
   */
  static byte[] bytes(String name) {
    if (!hasHalfPair(name)) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() * 3);
    name.codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.write(0xe0 | point >> 12);
                out.write(0x80 | point >> 6 & 0x3f);
                out.write(0x80 | point & 0x3f);
              } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }

  /** The name that {@link #bytes} wrote. */
  static String text(byte[] bytes) {
    String plain = new String(bytes, StandardCharsets.UTF_8);
    if (plain.indexOf('\ufffd') < 0) {
      return plain;
    }
    StringBuilder name = new StringBuilder(bytes.length);
    int from = 0;
    for (int i = 0; i + 2 < bytes.length; i++) {
      boolean half = (bytes[i] & 0xff) == 0xed && (bytes[i + 1] & 0xe0) == 0xa0;
      if (half) {
        name.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        name.append((char) (0xd000 | (bytes[i + 1] & 0x3f) << 6 | bytes[i + 2] & 0x3f));
        from = i + 3;
        i += 2;
      }
    }
    return name.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
        .toString();
  }

  private static boolean hasHalfPair(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
