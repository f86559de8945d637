package io.cloudstic.simulator.storage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, section 14): one range of bytes, as this host understands it.
 *
 * @param from first byte
 * @param to last byte
 */
record Slice(long from, long to) {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

  /** Nothing for what this host ignores: suffix ranges, several ranges, other units. */
  static Optional<Slice> parse(String header, long size) {
    Matcher range = RANGE.matcher(header == null ? "" : header.trim());
    if (!range.matches()) {
      return Optional.empty();
    }
    long from = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    return last < from && !range.group(2).isEmpty()
        ? Optional.empty()
        : Optional.of(new Slice(from, Math.min(last, size - 1)));
  }

  boolean fits(long size) {
    return from < size;
  }

  long length() {
    return to - from + 1;
  }
}
