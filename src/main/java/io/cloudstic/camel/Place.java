package io.cloudstic.camel;

/**
 * A place in a route file.
 *
 * @param file its path
 * @param line from 1, or 0 where only the file is known
 * @param column from 1, or 0 where only the line is known
 */
record Place(String file, int line, int column) {
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
