package io.cloudstic.onedrive.client;

import java.nio.charset.StandardCharsets;

/**
 * URLs as they go over the wire. Links from a server are opaque: what may stand in a request line
 * stays exactly as it is ({@code '}, {@code (}, {@code !}, {@code $}, {@code %2B} and all); only
 * what may not (spaces, controls, quotes, braces, characters beyond ASCII) is percent-encoded.
 * Stateless.
 */
public final class WireUrl {
  private static final String UNWISE = " \"<>\\^`{|}";
  private static final String UNRESERVED_MARKS = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private WireUrl() {}

  /** The wire form of a URL; encodes nothing twice. */
  public static String of(String url) {
    StringBuilder wire = new StringBuilder(url.length() + 16);
    int query = url.indexOf('?');
    for (int i = 0, point; i < url.length(); i += Character.charCount(point)) {
      point = url.codePointAt(i);
      boolean bracketInPath = (point == '[' || point == ']') && isPath(url, i, query);
      if (point <= 0x20 || point >= 0x7f || UNWISE.indexOf(point) >= 0 || bracketInPath) {
        percentEncode(point, wire);
      } else {
        wire.append((char) point);
      }
    }
    return wire.toString();
  }

  /** One segment of a path, with everything encoded that is not unreserved (RFC 3986). */
  public static String segment(String text) {
    StringBuilder wire = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              boolean unreserved =
                  point >= 'a' && point <= 'z'
                      || point >= 'A' && point <= 'Z'
                      || point >= '0' && point <= '9'
                      || UNRESERVED_MARKS.indexOf(point) >= 0;
              if (unreserved) {
                wire.append((char) point);
              } else {
                percentEncode(point, wire);
              }
            });
    return wire.toString();
  }

  /** {@code scheme://host:port} as written: what may be shown of a URL. */
  public static String origin(String url) {
    return url.substring(0, targetStart(url));
  }

  /** Path and query, as they stand in a request line. */
  public static String target(String url) {
    int fragment = url.indexOf('#');
    String target = url.substring(targetStart(url), fragment < 0 ? url.length() : fragment);
    return target.startsWith("/") ? target : "/" + target;
  }

  private static int targetStart(String url) {
    int authority = url.indexOf("://");
    int from = authority < 0 ? 0 : authority + 3;
    for (int i = from; i < url.length(); i++) {
      if ("/?#".indexOf(url.charAt(i)) >= 0) {
        return i;
      }
    }
    return url.length();
  }

  private static boolean isPath(String url, int at, int query) {
    return at >= targetStart(url) && (query < 0 || at < query);
  }

  private static void percentEncode(int point, StringBuilder wire) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      wire.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
    }
  }
}
