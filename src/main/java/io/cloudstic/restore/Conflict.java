package io.cloudstic.restore;

/** What becomes of a file whose name is taken in the drive by something else. */
public enum Conflict {
  /** It is reported and left out; what is there stays. */
  FAIL("fail"),
  /** It gets a free name, {@code name 1.ext} and so on; what is there stays. */
  RENAME("rename"),
  /** What is there gets the new content; the drive keeps the old one as a version. */
  REPLACE("replace");

  private final String word;

  Conflict(String word) {
    this.word = word;
  }

  /** The word on the command line. */
  public String word() {
    return word;
  }
}
