package io.cloudstic.onedrive.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Content-Range} header says (RFC 9110, section 14.4).
 *
 * @param start the first byte, or -1 when the range could not be satisfied
 * @param total the length of the whole, or -1 when the server does not say
 */
record ContentRange(long start, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)");

  /** The range of an answer, if it has one that can be read. */
  static Optional<ContentRange> of(Reply reply) {
    return reply
        .header("Content-Range")
        .map(FORM::matcher)
        .filter(Matcher::matches)
        .map(match -> new ContentRange(number(match.group(1)), number(match.group(2))));
  }

  private static long number(String digits) {
    return digits == null ? -1 : Long.parseLong(digits);
  }
}
