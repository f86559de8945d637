package io.cloudstic.cli;

import java.util.Arrays;
import java.util.List;

/** Rows of words, put under one another. */
final class Table {
  private Table() {}

  /** The rows as lines; the words are harmless for a terminal already. */
  static List<String> lines(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], TextWidth.of(row[i]))));
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < row.length; i++) {
                line.append(TextWidth.padded(row[i], widths[i])).append("  ");
              }
              return line.toString().stripTrailing();
            })
        .toList();
  }
}
