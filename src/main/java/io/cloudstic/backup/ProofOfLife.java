package io.cloudstic.backup;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.client.Downloads;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a drive's storage gives anything out, tried on files that could be read before: the last
 * one of this run, or some of earlier runs. Thread-safe.
 */
final class ProofOfLife {
  /** One may have been deleted or locked meanwhile. */
  private static final int MOST_FILES = 3;

  private final String driveId;
  private final Catalogue catalogue;
  private final Downloads downloads;
  private volatile DriveItem lastStored;

  ProofOfLife(String driveId, Catalogue catalogue, Downloads downloads) {
    this.driveId = driveId;
    this.catalogue = catalogue;
    this.downloads = downloads;
  }

  /** A file came through. */
  void stored(DriveItem item) {
    if (item.size() > 0) {
      lastStored = item;
    }
  }

  /** Whether a byte of any of these files comes. */
  boolean isGiven() {
    List<DriveItem> files = new ArrayList<>();
    if (lastStored != null) {
      files.add(lastStored);
    }
    for (CataloguedItem item : catalogue.items().stored().first(MOST_FILES - files.size())) {
      files.add(item.toDriveItem(driveId));
    }
    return files.stream().anyMatch(this::canBeRead);
  }

  private boolean canBeRead(DriveItem item) {
    try (InputStream content = downloads.of(driveId, item).open()) {
      return content.read() >= 0;
    } catch (ItemException e) {
      // Whoever refuses is there; but a deleted file says nothing of the storage.
      return e.reason() != ItemException.Reason.SERVER && e.reason() != ItemException.Reason.GONE;
    } catch (IOException e) {
      return false;
    }
  }
}
