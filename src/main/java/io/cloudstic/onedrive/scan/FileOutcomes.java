package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.catalogue.StoredContent;
import java.time.Clock;

/**
 * Is told what came of each file that a scan handed out: one of {@link #stored}, {@link #failed},
 * {@link #gone} and {@link #skipped}, once for every file. Thread-safe.
 */
public final class FileOutcomes {
  private final Catalogue catalogue;
  private final Wanted wanted;
  private final Report report;
  private final Clock clock;
  private final Mismatches mismatches = new Mismatches();

  FileOutcomes(Catalogue catalogue, Wanted wanted, Report report, Clock clock) {
    this.catalogue = catalogue;
    this.wanted = wanted;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Tells that the content is stored; it is not fetched again, even when this run is interrupted.
   *
   * @param served what Graph said of the item when it served these bytes: the item of the file, or
   *     a newer one that was asked for meanwhile
   */
  public void stored(DriveFile file, DriveItem served, StoredContent content) {
    StoredContent kept =
        new StoredContent(
            content.blobs(), content.length(), content.mark(), ContentFacts.of(served));
    catalogue.fetched().add(file.key(), file.asked(), kept);
    if (content.mark() == Mark.MISMATCH) {
      mismatches.add(file.toString());
    }
    wanted.release(file);
  }

  /**
   * Tells that the content could not be read; the item goes to the ledger.
   *
   * @param reason for people, without secrets
   * @param permanent whether trying again is not expected to help
   */
  public void failed(DriveFile file, String reason, boolean permanent) {
    catalogue.outcomes().inVain(file.key(), file.asked());
    catalogue
        .failures()
        .failed(file.key(), file.item().id(), file.path(), reason, permanent, clock.instant());
    wanted.release(file);
  }

  /** Tells that Graph knows the item no more: it was deleted meanwhile, which is no failure. */
  public void gone(DriveFile file) {
    catalogue.outcomes().inVain(file.key(), file.asked());
    catalogue.outcomes().gone(file.key());
    wanted.release(file);
  }

  /**
   * Tells that the content was not asked for: by a route that left the file out, or in a dry run.
   *
   * @param reported whether it is to be named among what is left out
   */
  public void skipped(DriveFile file, boolean reported) {
    catalogue.outcomes().inVain(file.key(), file.asked());
    if (reported) {
      report.leftOut(file.item().id(), file.path(), LeftOut.Reason.FILTERED);
    }
    wanted.release(file);
  }

  /** Warns of files that were stored though Graph says otherwise of them. */
  void tellMismatches() {
    mismatches.tell(report);
  }
}
