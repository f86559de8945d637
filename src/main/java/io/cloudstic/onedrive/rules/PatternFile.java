package io.cloudstic.onedrive.rules;

import io.cloudstic.failure.FileFault;
import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of gitignore lines, read as git reads one. */
public final class PatternFile {
  /** Far above any list that somebody wrote; what is larger is another kind of file. */
  private static final long MOST_BYTES = 16L << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PatternFile() {}

  /**
   * The lines of the file in their order, comments and blank ones included.
   *
   * @throws UsageException when it cannot be read, naming the line that is not UTF-8
   */
  public static List<PatternLine> read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageException(
            "-exclude-file " + file + " is larger than 16 MiB", "name a file of patterns");
      }
      return lines(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UsageException(
          "-exclude-file " + file + " cannot be read: " + FileFault.reason(e),
          "name a readable UTF-8 file with one gitignore pattern a line",
          e);
    }
  }

  /** Lines end in LF or CR LF; a byte order mark at the beginning is not part of the first. */
  static List<PatternLine> lines(byte[] bytes, String file) {
    List<PatternLine> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        int end = i > from && bytes[i - 1] == '\r' ? i - 1 : i;
        String text = decode(bytes, from, end, file, lines.size() + 1);
        boolean marked = lines.isEmpty() && text.startsWith(BYTE_ORDER_MARK);
        lines.add(new PatternLine(marked ? text.substring(1) : text, file, lines.size() + 1));
        from = i + 1;
      }
    }
    return lines;
  }

  private static String decode(byte[] bytes, int from, int end, String file, int line) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, end - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UsageException(
          file + ":" + line + ": the line is not UTF-8", "save the file as UTF-8", e);
    }
  }
}
