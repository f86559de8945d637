package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemException.Reason;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.Failures.Failure;
import java.util.List;

/**
 * Finds the files in the scope whose content is wanted and was not handed out while listing: first
 * those of the ledger, before the listing; then, after it, all that still lack content by what is
 * known in the end.
 */
final class Pending {
  private static final int BATCH = 200;

  private final ScanContext scan;
  private final Intake intake;
  private String lastFailure = "";
  private String lastLacking = "";

  Pending(ScanContext scan, Intake intake) {
    this.scan = scan;
    this.intake = intake;
  }

  /** Whether so much of the ledger is unknown that the drive had better be enumerated. */
  boolean ledgerNeedsEnumeration() {
    long unknown = 0;
    String key = "";
    for (List<Failure> batch = scan.catalogue.failures().after(key, BATCH);
        !batch.isEmpty();
        batch = scan.catalogue.failures().after(key, BATCH)) {
      for (Failure failure : batch) {
        key = failure.key();
        unknown += scan.items.link(key) == null ? 1 : 0;
      }
    }
    return unknown > scan.limits().ledgerLookups();
  }

  /** Offers some items that could not be read last time; false when there are no more. */
  boolean offerFailures(boolean lookUp) {
    List<Failure> batch = scan.catalogue.failures().after(lastFailure, BATCH);
    for (Failure failure : batch) {
      lastFailure = failure.key();
      CataloguedItem item = scan.items.get(failure.key());
      DriveItem fresh = null;
      if (item == null && lookUp) {
        fresh = lookUp(failure);
        item = scan.items.get(failure.key());
      }
      if (item != null) {
        offer(item, fresh);
      }
    }
    return !batch.isEmpty();
  }

  private DriveItem lookUp(Failure failure) {
    try {
      return scan.lookUp(failure.entry().itemId());
    } catch (GraphException e) {
      if (e.status() == 401 || e.status() == 0) {
        throw e;
      }
      // It stays in the ledger, as any item that cannot be read.
      return null;
    }
  }

  /**
   * Makes files wanted again whose stored bytes have the size but not the hash that Graph gives:
   * the storage host may have erred for a moment, longer than a run's two attempts. Other sizes are
   * a trait of pictures and Office files, which no further attempt changes. What was fetched in
   * this run is left in peace; what is stored stays until other content is.
   */
  void doubtMismatches() {
    String key = "";
    for (List<CataloguedItem> batch = scan.items.mismatchedAfter(key, BATCH);
        !batch.isEmpty();
        batch = scan.items.mismatchedAfter(key, BATCH)) {
      for (CataloguedItem item : batch) {
        key = item.key();
        if (item.content().length() == item.facts().size()
            && scan.catalogue.fetched().find(key, item.facts()) == null) {
          scan.items.setStale(key);
        }
      }
    }
  }

  /** Offers some files that lack content; false when there are no more. */
  boolean offerLacking() {
    List<CataloguedItem> batch = scan.items.lackingAfter(lastLacking, BATCH);
    for (CataloguedItem item : batch) {
      lastLacking = item.key();
      offer(item, intake.takePostponed(item.key(), item.facts()));
    }
    return !batch.isEmpty();
  }

  private void offer(CataloguedItem item, DriveItem fresh) {
    if (item.kind() != ItemKind.FILE || !item.lacksContent()) {
      return;
    }
    Place place = scan.places.of(item.parent(), item.name(), false);
    if (!place.isIn()) {
      return;
    }
    if (item.malware()) {
      // Content of infected files is always refused: asking costs a call and brings nothing.
      scan.catalogue
          .failures()
          .failed(
              item.key(),
              item.id(),
              place.path(),
              Reason.MALWARE.word() + ": flagged as infected by Microsoft",
              true,
              scan.environment.clock().instant());
      return;
    }
    DriveItem known = fresh != null ? fresh : scan.toDriveItem(item);
    intake.offer(known, fresh != null, item.key(), place.path(), item.facts());
  }
}
