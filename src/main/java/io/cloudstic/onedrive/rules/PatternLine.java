package io.cloudstic.onedrive.rules;

/**
 * A line of gitignore as it was given.
 *
 * @param text the line, without its end
 * @param file the file that it stands in, or null for one of the command line
 * @param line in that file, from 1; 0 without a file
 */
public record PatternLine(String text, String file, int line) {
  /** A pattern that was given by {@code -exclude}. */
  public static PatternLine ofFlag(String text) {
    return new PatternLine(text, null, 0);
  }

  /** Where it comes from, for people. */
  public String origin() {
    return file == null ? "-exclude" : file + ":" + line;
  }
}
