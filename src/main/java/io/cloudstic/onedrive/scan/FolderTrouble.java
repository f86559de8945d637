package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.GraphException;

/** What it means that the children of a folder cannot be listed. */
enum FolderTrouble {
  /** It was deleted meanwhile. */
  GONE,
  /** It is the Personal Vault, whatever it is called. */
  VAULT,
  /** It cannot be read this time; what was known below it stays. */
  UNREADABLE;

  /**
   * The meaning of an error.
   *
   * @throws GraphException the error itself, when it concerns more than this folder
   */
  static FolderTrouble of(GraphException e, boolean drivesRoot) {
    if (drivesRoot) {
      throw e;
    }
    switch (e.status()) {
      case 404:
        return GONE;
      case 400:
        return e.code().equals("invalidresourceid") || says(e, "ObjectHandle is Invalid")
            ? VAULT
            : UNREADABLE;
      case 403, 409, 423, 500, 501, 502, 503, 504:
        return UNREADABLE;
      default:
        throw e;
    }
  }

  private static boolean says(GraphException e, String text) {
    return e.getMessage() != null && e.getMessage().contains(text);
  }
}
