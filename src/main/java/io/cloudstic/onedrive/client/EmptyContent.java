package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Mark;

/**
 * Empty files, which are stored without a request: some have no URL, others answer 416. But sizes
 * are not always true, so that a hash of something else is believed. Stateless.
 */
final class EmptyContent {
  private EmptyContent() {}

  /** Whether all that Graph says of the item fits to an empty content. */
  static boolean isClaimedBy(DriveItem item) {
    if (item.size() != 0 || item.kind() == ItemKind.REMOTE) {
      return false;
    }
    Hashes hashes = item.hashes() == null ? Hashes.NONE : item.hashes();
    return new ContentCheck(hashes).finish(0).mark() != Mark.MISMATCH;
  }
}
