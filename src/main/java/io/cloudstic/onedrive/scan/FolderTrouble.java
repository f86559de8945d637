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
   * @param drivesRoot whether without this folder there is nothing to back up
   * @param firstPage whether the folder itself was asked for, not a link to a later page
   * @throws GraphException the error itself, when it concerns more than this folder
   */
  static FolderTrouble of(GraphException e, boolean drivesRoot, boolean firstPage) {
    if (drivesRoot) {
      throw e;
    }
    if (!firstPage && isDeadLink(e)) {
      // Of a folder whose first page came, a later one tells nothing but that its link died.
      return UNREADABLE;
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

  /** Whether the error can mean that only the link to a later page is dead. */
  static boolean isDeadLink(GraphException e) {
    return e.status() == 400 || e.status() == 404 || e.status() == 410;
  }

  private static boolean says(GraphException e, String text) {
    return e.getMessage() != null && e.getMessage().contains(text);
  }
}
