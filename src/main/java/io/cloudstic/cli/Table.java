package io.cloudstic.cli;

import java.io.PrintWriter;
import java.util.List;

/** Rows of words, put under one another. */
final class Table {
  private Table() {}

  /**
   * Prints the rows as lines, in one piece: each line by itself would be a write to the terminal.
   *
   * @param rows at least one; the words are harmless for a terminal already
   */
  static void print(PrintWriter out, List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row[i]));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(line(row, widths)).append(System.lineSeparator());
    }
    out.print(text);
    out.flush();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(TextWidth.padded(row[i], widths[i])).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
