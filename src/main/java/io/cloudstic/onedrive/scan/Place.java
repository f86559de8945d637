package io.cloudstic.onedrive.scan;

/**
 * Where an item is, as far as the rules are concerned.
 *
 * @param status in or out, or not to be told
 * @param path relative to the scope when {@link Status#IN}, else null
 * @param missing the key of the parent that is not known, when {@link Status#UNKNOWN}; null for a
 *     circle of parents
 */
record Place(Status status, String path, String missing) {
  enum Status {
    /** In the scope, and not excluded. */
    IN,
    /** In the scope, but a pattern excludes it or a folder above it, or it is closed. */
    EXCLUDED,
    /** Outside the scope. */
    OUT,
    /** No chain of known parents leads to the root. */
    UNKNOWN
  }

  static final Place OUTSIDE = new Place(Status.OUT, null, null);
  static final Place EXCLUDED = new Place(Status.EXCLUDED, null, null);

  static Place in(String path) {
    return new Place(Status.IN, path, null);
  }

  static Place unknown(String missing) {
    return new Place(Status.UNKNOWN, null, missing);
  }

  boolean isIn() {
    return status == Status.IN;
  }
}
