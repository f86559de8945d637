package io.cloudstic.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a path. On Unix a path of the Java platform keeps them, whatever the locale, but its
 * text is decoded and shows what does not decode as U+FFFD; only its URI gives the bytes away.
 */
final class RawPath {
  private static final boolean UTF8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  private static final char REPLACEMENT = '\uFFFD';

  private RawPath() {}

  /** The last name of a path. */
  static byte[] name(Path path) {
    String text = path.getFileName().toString();
    if (decodesBack(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    byte[] whole = bytesOfUri(path);
    int slash = whole.length - 1;
    while (whole[slash] != '/') {
      slash--;
    }
    return Arrays.copyOfRange(whole, slash + 1, whole.length);
  }

  /** All of a path that may be relative, such as the target of a link. */
  static byte[] whole(Path path) {
    String text = path.toString();
    if (decodesBack(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    byte[] whole = bytesOfUri(path);
    if (path.isAbsolute()) {
      return whole;
    }
    int base = bytesOfUri(path.getFileSystem().getPath("").toAbsolutePath()).length + 1;
    return Arrays.copyOfRange(whole, base, whole.length);
  }

  private static boolean decodesBack(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && (!UTF8 || c == REPLACEMENT)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytesOfUri(Path path) {
    String raw = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    int length = bytes.size();
    byte[] all = bytes.toByteArray();
    // The URI of a directory ends in a slash; no name does.
    return length > 1 && all[length - 1] == '/' ? Arrays.copyOf(all, length - 1) : all;
  }
}
