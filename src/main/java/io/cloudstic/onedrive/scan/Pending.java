package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemException.Reason;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.Failures.Failure;
import java.util.Iterator;

/**
 * Finds the files in the scope whose content is wanted and was not handed out while listing: first
 * those of the ledger, before the listing; then, after it, all that still lack content by what is
 * known in the end.
 */
final class Pending {
  private final ScanContext scan;
  private final Intake intake;
  private final Iterator<Failure> failures;
  private final Iterator<CataloguedItem> lacking;

  Pending(ScanContext scan, Intake intake) {
    this.scan = scan;
    this.intake = intake;
    this.failures = scan.catalogue.failures().all().iterator();
    this.lacking = scan.items.lacking().iterator();
  }

  /** Whether so much of the ledger is unknown that the drive had better be enumerated. */
  boolean ledgerNeedsEnumeration() {
    long unknown = 0;
    for (Failure failure : scan.catalogue.failures().all()) {
      unknown += scan.items.link(failure.key()) == null ? 1 : 0;
    }
    return unknown > scan.limits().ledgerLookups();
  }

  /** Offers the next item that could not be read last time; false when there are no more. */
  boolean offerFailure(boolean lookUp) {
    if (!failures.hasNext()) {
      return false;
    }
    Failure failure = failures.next();
    CataloguedItem item = scan.items.get(failure.key());
    DriveItem fresh = null;
    if (item == null && lookUp) {
      fresh = lookUp(failure);
      item = scan.items.get(failure.key());
    }
    if (item != null) {
      offer(item, fresh);
    }
    return true;
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
    for (CataloguedItem item : scan.items.mismatched()) {
      if (item.content().length() == item.facts().size()
          && scan.catalogue.fetched().find(item.key(), item.facts()) == null) {
        scan.items.setStale(item.key());
      }
    }
  }

  /** Offers the next file that lacks content; false when there are no more. */
  boolean offerLacking() {
    if (!lacking.hasNext()) {
      return false;
    }
    CataloguedItem item = lacking.next();
    offer(item, intake.takePostponed(item.key(), item.facts()));
    return true;
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
      String reason = Reason.MALWARE.word() + ": flagged as infected by Microsoft";
      scan.failed(item.key(), item.id(), place.path(), reason, true);
      return;
    }
    DriveItem known = fresh != null ? fresh : scan.toDriveItem(item);
    intake.offer(known, fresh != null, item.key(), place.path(), item.facts());
  }
}
