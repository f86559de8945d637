package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.catalogue.ContentFacts;

/**
 * A file whose content is wanted.
 *
 * @param key the item's key in the catalogue
 * @param item as Graph reported it; without a download URL when that was too long ago
 * @param current whether Graph reported it in this run
 * @param path relative to the scope, as far as the listing told when the file was handed out
 * @param asked the facts that the content is wanted for
 */
public record DriveFile(
    String key, DriveItem item, boolean current, String path, ContentFacts asked) {
  /** Without the download URL. */
  @Override
  public String toString() {
    return path;
  }
}
