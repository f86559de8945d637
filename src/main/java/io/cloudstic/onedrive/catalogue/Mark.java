package io.cloudstic.onedrive.catalogue;

/** How well stored content was checked against what Graph says of it. */
public enum Mark {
  /** A hash that Graph gives is equal. */
  HASH('h'),
  /** No hash was compared: Graph gives none, or none was wanted. The length is equal. */
  SIZE('s'),
  /** There was neither hash nor size to compare with. */
  UNCHECKED('u'),
  /** Graph serves other bytes than it announces, the same ones twice (rclone#5580). */
  MISMATCH('m');

  private final char letter;

  Mark(char letter) {
    this.letter = letter;
  }

  /** The letter written in snapshots. */
  public char letter() {
    return letter;
  }

  /** The mark of a letter; {@link #UNCHECKED} for letters that we do not know. */
  static Mark of(char letter) {
    for (Mark mark : values()) {
      if (mark.letter == letter) {
        return mark;
      }
    }
    return UNCHECKED;
  }
}
