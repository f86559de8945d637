package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CatalogueState;
import io.cloudstic.onedrive.catalogue.DriveVisitor;
import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.onedrive.catalogue.Shortcuts.Shortcut;
import io.cloudstic.onedrive.catalogue.SnapshotWalk;
import io.cloudstic.onedrive.catalogue.Statistics;
import io.cloudstic.restic.Id;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * One scan of a drive. First it is the iterator of the files whose content is wanted, pulling pages
 * from Graph as it goes; then, when the outcome of every file was told to {@link #outcomes}, {@link
 * #result} and {@link #walk} say what the next snapshot holds; and {@link #commit} makes the
 * catalogue its own.
 *
 * <p>The outcomes may be told by any thread; all else is for one thread.
 */
public final class DriveScan implements Iterator<DriveFile>, AutoCloseable {
  private enum Phase {
    LEDGER,
    LISTING,
    LACKING,
    DONE
  }

  private final ScanContext scan;
  private final Catalogue catalogue;
  private final Intake intake;
  private final Pending pending;
  private final FileOutcomes outcomes;
  private final Ledger ledger;
  private final MassChange massChange;
  private final boolean rulesChanged;
  private final boolean ledgerLookUp;
  private Listing listing;
  private Phase phase = Phase.LEDGER;
  private DriveFile head;
  private SnapshotWalk walk;
  private Statistics statistics;
  private ScanResult result;

  /**
   * Begins a scan; Graph is first asked by {@link #hasNext}.
   *
   * @param catalogue belongs to the parent snapshot of the request, or is empty; opened for this
   *     scan alone
   */
  public DriveScan(ScanRequest request, Catalogue catalogue, ScanEnvironment environment) {
    this.catalogue = catalogue;
    catalogue.stage().clear();
    this.scan = new ScanContext(request, catalogue, environment);
    Wanted wanted = new Wanted(catalogue);
    this.intake = new Intake(scan, wanted);
    this.pending = new Pending(scan, intake);
    this.outcomes = new FileOutcomes(catalogue, wanted, scan.report, environment.clock());
    this.ledger = new Ledger(scan);
    this.rulesChanged = !scan.rules.fingerprint().equals(scan.state().rules());
    forgetForeignDrive();
    if (!request.contentKnown()) {
      forgetMissingContent();
    }
    this.massChange = new MassChange(catalogue.parentSnapshot());
    unfollow();
    boolean lookUps = !pending.ledgerNeedsEnumeration();
    this.listing =
        ScanRequest.CHANGES.equals(request.sourceType())
            ? new DeltaScan(scan, intake, request.full() || !lookUps)
            : new WalkScan(scan, intake, true);
    this.ledgerLookUp = lookUps && !listing.full();
  }

  /** Another drive never continues a foreign lineage. */
  private void forgetForeignDrive() {
    String drive = scan.state().driveKey();
    if (drive != null && !drive.equals(scan.ids.drive())) {
      catalogue.clear();
    }
  }

  /** What an earlier run has followed leaves the backup when shortcuts are not to be followed. */
  private void unfollow() {
    if (scan.request.follow()) {
      return;
    }
    for (Shortcut shortcut : catalogue.shortcuts().all()) {
      scan.removed(catalogue.removals().unfollow(shortcut.key()));
    }
  }

  /** The drive that the content of a file is asked of, as received. */
  public String driveOf(DriveFile file) {
    return scan.driveOf(file.key());
  }

  private void forgetMissingContent() {
    long forgotten = catalogue.forgetMissingContent();
    if (forgotten > 0) {
      scan.differs();
      scan.report.warn(
          forgotten + " files whose content the repository no longer has are fetched again");
    }
  }

  /** Where the outcome of each file is told. */
  public FileOutcomes outcomes() {
    return outcomes;
  }

  /** Items that the listing has brought so far, each time they came; may be asked by any thread. */
  public long listed() {
    return intake.seen();
  }

  @Override
  public boolean hasNext() {
    prepareNext();
    return phase != Phase.DONE;
  }

  @Override
  public DriveFile next() {
    DriveFile file = head != null ? head : prepareNext();
    if (file == null) {
      throw new NoSuchElementException("no more files");
    }
    head = null;
    return file;
  }

  private DriveFile prepareNext() {
    while (head == null && phase != Phase.DONE) {
      head = intake.poll();
      if (head == null) {
        advance();
      }
    }
    return head;
  }

  private void advance() {
    switch (phase) {
      case LEDGER -> {
        if (!pending.offerFailure(ledgerLookUp)) {
          phase = Phase.LISTING;
        }
      }
      case LISTING -> {
        if (!step()) {
          scan.setStaging(false);
          intake.stopWaiting();
          if (scan.request.follow()) {
            new Mounts(scan, intake).follow();
          }
          if (scan.hasDiffered()) {
            scan.report.alarm(massChange.alarm());
          }
          absorb(true);
          if (doubtsMismatches()) {
            pending.doubtMismatches();
          }
          phase = Phase.LACKING;
        }
      }
      case LACKING -> {
        if (!pending.offerLacking()) {
          phase = Phase.DONE;
        }
      }
      default -> throw new IllegalStateException("nothing follows " + phase);
    }
  }

  /** Seldom enough to ask again for what may never match: not whenever folders are listed. */
  private boolean doubtsMismatches() {
    boolean byFeed = ScanRequest.CHANGES.equals(scan.request.sourceType());
    return listing.full() && (scan.request.full() || byFeed);
  }

  private boolean step() {
    try {
      return listing.step();
    } catch (DeltaUnavailableException e) {
      scan.report.warn("Graph gives no change feed for this drive: all folders are listed");
      catalogue.stage().clear();
      listing = new WalkScan(scan, intake, false);
      return true;
    }
  }

  private void absorb(boolean fromTheBeginning) {
    if (catalogue.absorbFetched(fromTheBeginning) > 0) {
      scan.differs();
    }
  }

  /**
   * What was found out; the iterator is exhausted, and the outcome of each file was told.
   *
   * @throws IllegalStateException when files are left
   */
  public ScanResult result() {
    if (result == null) {
      if (phase != Phase.DONE) {
        throw new IllegalStateException("files are left to be fetched");
      }
      absorb(false);
      scan.removed(catalogue.removals().removeGone());
      scan.places.clear();
      ledger.tidy();
      new OddItems(scan).report();
      outcomes.tellMismatches();
      new Unplaced(scan).report();
      if (intake.foreign() > 0) {
        scan.report.warn(
            intake.foreign() + " entries of other drives came with the listing and were ignored");
      }
      scan.report.warnOfUnnamed();
      result = makeResult();
    }
    return result;
  }

  private ScanResult makeResult() {
    boolean nothingChanged =
        catalogue.belongsTo(scan.request.parent())
            && !scan.hasDiffered()
            && !rulesChanged
            && catalogue.failures().isEmpty();
    return new ScanResult(
        listing.full(),
        lineage(),
        nothingChanged,
        scan.report.leftOut(),
        catalogue.failures().count(),
        scan.report.warnings(),
        scan.report.alarm(),
        scan.report.reconciled());
  }

  /**
   * Shows what the next snapshot holds, to be put into trees. May be called several times.
   *
   * @return how it relates to the parent snapshot
   */
  public Statistics walk(DriveVisitor visitor) {
    result();
    walk = new SnapshotWalk(catalogue, scan.rules, scan.state().scopeKey());
    statistics = walk.show(visitor);
    return statistics;
  }

  /** Whether the parent snapshot's tree is still right as it is, so that no walk is needed. */
  public boolean nothingChanged() {
    return result().nothingChanged();
  }

  /** The numbers of a snapshot that reuses its parent's tree. */
  public Statistics unchangedStatistics() {
    return catalogue.lastStatistics().unchanged();
  }

  /** Makes the catalogue that of this snapshot, which is durable by now. */
  public void commit(Id snapshot) {
    if (walk == null && !nothingChanged()) {
      throw new IllegalStateException("what the snapshot holds was not asked for");
    }
    if (walk != null) {
      walk.remember();
    }
    catalogue.commit(snapshot, walk == null ? unchangedStatistics() : statistics);
  }

  /**
   * Ends the scan; the catalogue is closed by its owner, which takes back what is not committed.
   */
  @Override
  public void close() {
    listing.close();
  }

  private Lineage lineage() {
    CatalogueState state = scan.state();
    return new Lineage(
        scan.request.sourceType(),
        scan.request.account().id(),
        scan.driveId,
        scan.request.drive().type(),
        state.rootId(),
        "/" + String.join("/", scan.rules.scope()),
        state.scopeId(),
        state.deltaLink(),
        state.query(),
        state.rules(),
        // Shortcuts that are not followed are in no node either.
        scan.rules.hasPatterns() || catalogue.shortcuts().any(),
        state.lastFull(),
        ledger.entries(),
        catalogue.failures().count(),
        scan.request.follow()
            ? catalogue.shortcuts().all().first(Lineage.MAX_SHORTCUTS)
            : List.of());
  }
}
