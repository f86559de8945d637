package io.cloudstic.onedrive.rules;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of gitignore lines, read as git reads one. */
public final class PatternFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PatternFile() {}

  /**
   * The lines of the file in their order.
   *
   * @throws UsageException when it cannot be read
   */
  public static List<String> read(Path file) {
    try {
      return lines(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException(
          "-exclude-file " + file + " cannot be read: " + e.getMessage(),
          "name a readable UTF-8 file with one gitignore pattern a line",
          e);
    }
  }

  /** Lines end in LF or CR LF; a byte order mark at the beginning is not part of the first. */
  static List<String> lines(String text) {
    String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    List<String> lines = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    return lines;
  }
}
