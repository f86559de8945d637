package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.DriveQuery;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.catalogue.CatalogueState;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import java.time.Instant;
import java.util.List;

/**
 * Lists a drive by its change feed: from the stored delta link where that can be continued, else
 * from the beginning. A link that dies, in any of the ways that were seen, means a new enumeration,
 * whose end is reconciled by id. Where an enumeration is due though the link is good, the feed is
 * read first: what the enumeration then finds, the feeds had missed.
 */
final class DeltaScan implements Listing {
  private final ScanContext scan;
  private final Intake intake;
  private final Scope scope;
  private FeedReader feed;
  private boolean full;
  private boolean catchingUp;
  private boolean caughtUp;
  private boolean begun;
  private int restarts;
  private boolean restartedForFault;

  DeltaScan(ScanContext scan, Intake intake, boolean full) {
    this.scan = scan;
    this.intake = intake;
    this.scope = new Scope(scan);
    boolean usable = hasUsableLink(scan);
    this.full = full || !usable || isDue(scan);
    this.catchingUp = this.full && usable;
  }

  /** Whether the last full enumeration is so long ago that another one is due. */
  private static boolean isDue(ScanContext scan) {
    Instant last = scan.state().lastFull();
    Instant now = scan.environment.clock().instant();
    return last == null || !last.plus(scan.request.reconcileAfter()).isAfter(now);
  }

  /** Whether the stored link belongs to this drive, account and query. */
  private static boolean hasUsableLink(ScanContext scan) {
    CatalogueState state = scan.state();
    return state.deltaLink() != null
        && state.rootKey() != null
        && DriveQuery.FINGERPRINT.equals(state.query())
        && scan.ids.drive().equals(state.driveKey())
        && (state.accountId() == null || state.accountId().equals(scan.request.account().id()));
  }

  @Override
  public boolean full() {
    return full;
  }

  @Override
  public boolean step() {
    try {
      if (!begun) {
        begin();
      }
      takeIn(read());
      if (!feed.atEnd()) {
        return true;
      }
      if (catchingUp) {
        caughtUp();
        return true;
      }
      finish();
      return false;
    } catch (FeedLostException e) {
      if (catchingUp) {
        enumerate();
      } else {
        restart(e);
      }
      return true;
    }
  }

  /** Takes in what the feed tells; whatever the enumeration adds to it was missed. */
  private void caughtUp() {
    intake.stopWaiting();
    new FeedEnd(scan).applyChanges();
    caughtUp = true;
    enumerate();
  }

  private void enumerate() {
    catchingUp = false;
    begun = false;
    scan.catalogue.stage().clear();
    intake.stopWaiting();
  }

  private void begin() {
    begun = true;
    scan.setStaging(true);
    if (full && !catchingUp) {
      // Feeds come in no order: with the root known, what is in it need not wait for it.
      scope.ensureRoot();
      if (!scan.rules.scope().isEmpty() && !scope.isSettled()) {
        scope.find();
      }
      long known = scan.items.size();
      feed =
          new FeedReader(
              scan.environment, () -> scan.graph.deltaFromStart(scan.driveId), null, known);
    } else {
      feed = FeedReader.continued(scan.environment, scan.state().deltaLink(), scan.items.size());
    }
  }

  private Page read() {
    try {
      return feed.next();
    } catch (GraphException e) {
      if (catchingUp && e.status() != 401) {
        throw new FeedLostException("the stored link is dead", false, e);
      }
      throw lost(e);
    }
  }

  /** What an error means for the feed: it is lost, or delta is, or the error is no matter of it. */
  private RuntimeException lost(GraphException e) {
    boolean start = full && feed.atFirstPage();
    if (!full && feed.atFirstPage() && e.code().equals(GraphException.FOREIGN_LINK)) {
      // Graph has moved, say to another port or cloud, since it gave the stored link: the link is
      // as dead as one that Graph refuses, and is not followed. In mid-feed there is no such
      // excuse.
      return new FeedLostException("the stored link leads to another host", false, e);
    }
    switch (e.status()) {
      case 410:
        return new FeedLostException("Graph asks for a new enumeration", false, e);
      case 501:
        return new DeltaUnavailableException(e);
      case 400, 404:
        if (start) {
          return driveIsThere(e) ? new DeltaUnavailableException(e) : e;
        }
        return driveIsThere(e) ? new FeedLostException("Graph refuses a link", false, e) : e;
      case 500, 502, 503, 504:
        boolean busy = e.code().equals("cannotsnapshottree") || start;
        return busy ? e : new FeedLostException("Graph fails at a link", true, e);
      default:
        return e;
    }
  }

  private boolean driveIsThere(GraphException e) {
    if (e.status() != 404) {
      return true;
    }
    try {
      scope.fetchRoot();
      return true;
    } catch (GraphException gone) {
      return false;
    }
  }

  private void restart(FeedLostException e) {
    boolean hopeless = e.serverFault() && restartedForFault;
    if (hopeless || ++restarts > scan.limits().restarts()) {
      throw new GraphException(
          0,
          "",
          "the drive cannot be listed: " + e.getMessage() + ", again and again",
          "try again later; the next run starts from the last snapshot",
          e);
    }
    restartedForFault |= e.serverFault();
    scan.report.warn(e.getMessage() + ": the whole drive is listed anew");
    scan.catalogue.stage().clear();
    intake.stopWaiting();
    full = true;
    begun = false;
  }

  private void takeIn(Page page) {
    long before = intake.news();
    for (DriveItem item : page.items()) {
      FeedEntry entry = intake.take(item);
      if (entry != null && scan.isRoot(entry)) {
        takeRoot(entry);
      }
    }
    feed.told(intake.news() > before);
  }

  private void takeRoot(FeedEntry root) {
    String known = scan.state().rootKey();
    if (!root.key().equals(known) || !root.id().equals(scan.state().rootId())) {
      if ((!full || catchingUp) && !root.key().equals(known)) {
        throw new FeedLostException("the drive has another root than before", false, null);
      }
      scan.setRoot(root.key(), root.id());
    }
    intake.release(root.key());
  }

  private void finish() {
    intake.stopWaiting();
    if (full && scan.catalogue.stage().get(String.valueOf(scan.state().rootKey())) == null) {
      FeedEntry root = scope.fetchRoot();
      scan.catalogue.stage().put(root);
    }
    FeedEnd end = new FeedEnd(scan);
    Instant lastFull = full ? scan.environment.clock().instant() : scan.state().lastFull();
    boolean whole = full || scan.state().wholeDrive();
    scan.finished(feed.deltaLink(), lastFull, whole);
    if (full) {
      Reconciled found = end.applyAll(List.of());
      if (caughtUp) {
        scan.report.reconciled(found);
      }
      scan.items.setAllListed();
    } else {
      end.applyChanges();
    }
    if (!scope.isSettled()) {
      for (FeedEntry folder : scope.find()) {
        scan.accept(folder, false);
      }
    }
    new Gaps(scan, intake).fill();
  }
}
