package io.cloudstic.onedrive.scan;

/**
 * An item that is in the drive but not in the snapshot, though no pattern excludes it.
 *
 * @param itemId as received
 * @param path relative to the scope, or its name where it has no path
 * @param reason why
 */
public record LeftOut(String itemId, String path, Reason reason) {
  /** Why an item is left out. */
  public enum Reason {
    /** A OneNote notebook or another unit that Graph gives no content of. */
    PACKAGE("a package such as a OneNote notebook has no content that can be read"),
    /** A shortcut into another drive. */
    SHORTCUT("a shortcut to another drive is not followed"),
    /** A shortcut to something that is backed up in another place. */
    ELSEWHERE("a shortcut to what is backed up in another place of this drive, once"),
    /** An album. */
    ALBUM("an album; its members are backed up where they are"),
    /** The Personal Vault. */
    VAULT("the Personal Vault is closed to programs"),
    /** Nothing that we know. */
    UNKNOWN("Graph does not say what it is"),
    /** Its chain of parents does not lead to the root. */
    UNPLACED("its place in the drive is not known"),
    /** A route passed it over. */
    FILTERED("a route left it out");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }
}
