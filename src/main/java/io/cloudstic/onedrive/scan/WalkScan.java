package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.FolderStack;
import io.cloudstic.onedrive.catalogue.FolderStack.Folder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lists a drive folder by folder, depth first, several at a time. A walk is no point in time: so
 * the cursor of the change feed is taken before, and the changes since are applied after it.
 * Excluded folders are not entered; they are known as not listed.
 */
final class WalkScan implements Listing {
  private final ScanContext scan;
  private final Intake intake;
  private final Scope scope;
  private final boolean withFeed;
  private final FolderStack stack;
  private final Calls<Answer> calls;
  private final List<String> unread = new ArrayList<>();
  private boolean begun;
  private boolean walked;
  private FeedReader feed;

  /**
   * A walk.
   *
   * @param withFeed whether the drive has a change feed
   */
  WalkScan(ScanContext scan, Intake intake, boolean withFeed) {
    this.scan = scan;
    this.intake = intake;
    this.scope = new Scope(scan);
    this.withFeed = withFeed;
    this.stack = scan.catalogue.folderStack();
    this.calls = new Calls<>(scan.environment.executor());
  }

  @Override
  public boolean full() {
    return true;
  }

  @Override
  public boolean step() {
    if (!begun) {
      begin();
      return true;
    }
    if (!walked) {
      submit();
      if (calls.open() > 0) {
        takeIn(calls.await());
      } else {
        endWalk();
      }
      return true;
    }
    return feed != null && readFeed();
  }

  /** Waits for the calls under way, whose answers nobody wants any more. */
  @Override
  public void close() {
    calls.close();
  }

  private void begin() {
    begun = true;
    scan.setStaging(true);
    feed = withFeed ? cursor() : null;
    FeedEntry root = scope.fetchRoot();
    scan.catalogue.stage().put(root);
    List<FeedEntry> chain = scope.find();
    chain.forEach(scan.catalogue.stage()::put);
    FeedEntry top = chain.isEmpty() ? root : chain.get(chain.size() - 1);
    stack.push(new Folder(top.key(), top.id(), top.childCount()));
  }

  /** The feed from now on, or null where there is none. */
  private FeedReader cursor() {
    try {
      Page now = scan.graph.deltaFromNow(scan.driveId);
      if (now.deltaLink() != null) {
        return FeedReader.continued(scan.environment, now.deltaLink(), scan.items.size());
      }
    } catch (GraphException e) {
      if (e.status() != 400 && e.status() != 404 && e.status() != 501 && e.status() != 410) {
        throw e;
      }
    }
    scan.report.warn("Graph gives no change feed for this drive; every run lists all folders");
    return null;
  }

  private void submit() {
    while (calls.open() < scan.limits().foldersInFlight()) {
      Folder folder = stack.pop();
      if (folder == null) {
        return;
      }
      if (!stack.wasListed(folder.key())) {
        FolderPages pages = new FolderPages(folder);
        ask(pages);
      }
    }
  }

  private void ask(FolderPages pages) {
    calls.ask(
        () -> {
          try {
            return new Answer(pages, pages.reader.next(), null);
          } catch (RuntimeException e) {
            return new Answer(pages, null, e);
          }
        });
  }

  private void takeIn(Answer answer) {
    FolderPages pages = answer.pages;
    if (answer.error instanceof GraphException e) {
      if (FolderTrouble.isDeadLink(e) && !pages.reader.atFirstPage() && pages.mayRepeat()) {
        ask(pages.onceMore());
      } else {
        trouble(pages, e);
      }
      return;
    }
    if (answer.error != null) {
      throw answer.error;
    }
    for (DriveItem item : answer.page.items()) {
      takeIn(item, pages);
    }
    if (!pages.reader.atEnd()) {
      ask(pages);
    } else if (pages.isIncomplete() && pages.attempt == 0) {
      ask(pages.onceMore());
    } else {
      stack.listed(pages.folder.key());
    }
  }

  private void takeIn(DriveItem item, FolderPages pages) {
    FeedEntry entry = intake.take(inFolder(item, pages.folder.id()));
    if (entry == null || entry.deleted() || scan.isRoot(entry)) {
      return;
    }
    pages.seen(entry.key());
    if (entry.kind() == ItemKind.FOLDER
        && !entry.vault()
        && scan.places.ofFolder(entry.key()).isIn()) {
      stack.push(new Folder(entry.key(), entry.id(), entry.childCount()));
    }
  }

  private void trouble(FolderPages pages, GraphException e) {
    Folder folder = pages.folder;
    boolean top = folder.key().equals(scan.state().scopeKey());
    FeedEntry entry = scan.catalogue.stage().get(folder.key());
    switch (FolderTrouble.of(e, top, pages.reader.atFirstPage())) {
      case GONE -> scan.catalogue.stage().put(entry.asDeleted());
      case VAULT -> {
        scan.catalogue.stage().put(entry.asVault());
        scan.places.clear();
      }
      case UNREADABLE -> {
        unread.add(folder.key());
        String path = scan.places.ofFolder(folder.key()).path();
        scan.failed(folder.key(), folder.id(), path, e.getMessage(), false);
        scan.catalogue.outcomes().inVain(folder.key(), entry.facts());
      }
      default -> throw e;
    }
  }

  private void endWalk() {
    walked = true;
    intake.stopWaiting();
    scan.finished(null, scan.environment.clock().instant(), false);
    new FeedEnd(scan).applyAll(unread);
    stack.settle();
    scan.catalogue.stage().clear();
    boolean whole = scan.rules.scope().isEmpty() && scan.items.unlisted().first(1).isEmpty();
    scan.finished(null, scan.environment.clock().instant(), whole);
    scan.setStaging(true);
    if (feed == null) {
      end();
    }
  }

  /** The changes since the walk began; whether more of them follow. */
  private boolean readFeed() {
    try {
      long before = intake.news();
      for (DriveItem item : feed.next().items()) {
        intake.take(item);
      }
      feed.told(intake.news() > before);
      if (!feed.atEnd()) {
        return true;
      }
      scan.finished(feed.deltaLink(), scan.state().lastFull(), scan.state().wholeDrive());
      new FeedEnd(scan).applyChanges();
    } catch (FeedLostException | GraphException e) {
      if (e instanceof GraphException g && (g.status() == 401 || g.status() == 0)) {
        throw e;
      }
      scan.catalogue.stage().clear();
      scan.report.warn("the changes since this run began could not be read: " + e.getMessage());
    }
    end();
    return false;
  }

  private void end() {
    intake.stopWaiting();
    scan.setStaging(false);
    new Gaps(scan, intake).fill();
  }

  /** Listings may leave the parent out, which is the folder listed. */
  private static DriveItem inFolder(DriveItem item, String folderId) {
    return item.parentId() != null
        ? item
        : new DriveItem(
            item.id(),
            item.driveId(),
            folderId,
            item.name(),
            item.kind(),
            item.deleted(),
            item.size(),
            item.created(),
            item.modified(),
            item.eTag(),
            item.cTag(),
            item.hashes(),
            item.mimeType(),
            item.childCount(),
            item.modifiedBy(),
            item.downloadUrl(),
            item.malware(),
            item.packageType(),
            item.remoteDriveId(),
            item.remoteItemId(),
            item.specialFolder());
  }

  /** A page of a folder's children, or why there is none. */
  private record Answer(FolderPages pages, Page page, RuntimeException error) {}

  /** One folder while it is listed. */
  private final class FolderPages {
    private final Folder folder;
    private final FeedReader reader;
    private final int attempt;
    private final Set<String> keys = new HashSet<>();

    FolderPages(Folder folder) {
      this(folder, 0);
    }

    private FolderPages(Folder folder, int attempt) {
      this.folder = folder;
      this.attempt = attempt;
      Supplier<Page> first = () -> scan.graph.children(scan.driveId, folder.id());
      this.reader = FeedReader.ofListing(scan.environment, first);
    }

    /** Listings lose items at page borders; on personal accounts the count tells nothing. */
    boolean isIncomplete() {
      return !scan.ids.personal() && folder.childCount() >= 0 && keys.size() < folder.childCount();
    }

    void seen(String key) {
      if (folder.childCount() >= 0 && !scan.ids.personal()) {
        keys.add(key);
      }
    }

    boolean mayRepeat() {
      return attempt < scan.limits().restarts();
    }

    FolderPages onceMore() {
      return new FolderPages(folder, attempt + 1);
    }
  }
}
