package io.cloudstic.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.LineageJson;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.catalogue.Statistics;
import io.cloudstic.onedrive.catalogue.StoredContent;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.onedrive.scan.DriveFile;
import io.cloudstic.onedrive.scan.DriveScan;
import io.cloudstic.onedrive.scan.ScanResult;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.write.FileContent;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A OneDrive as a source: a scan of the drive, downloads, and trees out of the catalogue. */
public final class DriveSource implements Source {
  /**
   * What the run cost at Microsoft, asked at its end.
   *
   * @param requests calls to Graph
   * @param throttled how long Microsoft made us wait
   */
  public record Calls(LongSupplier requests, Supplier<Duration> throttled) {}

  /** Patterns whose places are written into the snapshot: a few kilobytes. */
  private static final int MOST_ORIGINS = 500;

  private final DriveIdentity identity;
  private final Catalogue catalogue;
  private final DriveScan scan;
  private final ExecutorService listers;
  private final Downloads downloads;
  private final ProofOfLife proof;
  private final Calls calls;
  private final boolean dryRun;
  private final Supplier<Set<String>> indexFiles;
  private final Set<String> indexFilesBefore;
  private final AtomicLong dryFiles = new AtomicLong();
  private final AtomicLong dryBytes = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();

  /**
   * A source over a scan.
   *
   * @param indexFilesBefore names the index files that there were when the scan was made
   * @param indexFiles names those that there are when it is asked
   */
  DriveSource(
      DriveIdentity identity,
      Catalogue catalogue,
      DriveScan scan,
      ExecutorService listers,
      Downloads downloads,
      Calls calls,
      Set<String> indexFilesBefore,
      Supplier<Set<String>> indexFiles) {
    this.identity = identity;
    this.catalogue = catalogue;
    this.scan = scan;
    this.downloads = identity.request().verifyHashes() ? downloads : downloads.withoutHashes();
    this.proof = new ProofOfLife(identity.drive().id(), catalogue, this.downloads);
    this.calls = calls;
    this.listers = listers;
    this.dryRun = identity.request().dryRun();
    this.indexFiles = indexFiles;
    this.indexFilesBefore = indexFilesBefore;
  }

  @Override
  public Iterator<Download> files() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return scan.hasNext();
      }

      @Override
      public Download next() {
        DriveFile file = scan.next();
        String drive = scan.driveOf(file);
        return new Download(
            file,
            file.current()
                ? downloads.ofCurrent(drive, file.item())
                : downloads.of(drive, file.item()));
      }
    };
  }

  @Override
  public void stored(FileEntry entry, FileContent content) {
    Download download = (Download) entry;
    Mark mark = Mark.valueOf(download.content.mark().name());
    proof.stored(download.file.item());
    scan.outcomes()
        .stored(
            download.file,
            download.content.item(),
            new StoredContent(content.blobs(), content.length(), mark, download.file.asked()));
  }

  @Override
  public void failed(FileEntry entry, Exception why) {
    DriveFile file = ((Download) entry).file;
    if (why instanceof ItemException known) {
      if (known.reason() == ItemException.Reason.GONE) {
        scan.outcomes().gone(file);
      } else {
        scan.outcomes()
            .failed(
                file,
                known.reason().word() + ": " + known.getMessage(),
                known.reason().isPermanent());
      }
    } else {
      scan.outcomes().failed(file, String.valueOf(why.getMessage()), false);
    }
  }

  @Override
  public boolean isAlive() {
    return proof.isGiven();
  }

  @Override
  public void skipped(FileEntry entry) {
    DriveFile file = ((Download) entry).file;
    if (dryRun) {
      CataloguedItem known = catalogue.items().get(file.key());
      if (known == null || !known.inParent()) {
        dryFiles.incrementAndGet();
        dryBytes.addAndGet(Math.max(0, file.item().size()));
      }
    } else {
      skipped.incrementAndGet();
    }
    scan.outcomes().skipped(file, !dryRun);
  }

  @Override
  public SourceOutcome finish(TreeSink trees) {
    ScanResult result = scan.result();
    Snapshot parent = identity.parent();
    Id tree;
    Statistics numbers;
    if (result.nothingChanged() && hasAllTrees()) {
      tree = parent.tree();
      numbers = scan.unchangedStatistics();
    } else {
      DriveTree built = new DriveTree(trees);
      numbers = scan.walk(built);
      tree = built.finish();
    }
    Account account = identity.account();
    return new SourceOutcome(
        tree,
        parent,
        account.userPrincipalName(),
        List.of(identity.snapshotPath()),
        identity.request().source().kind().word(),
        result.full() ? "full" : "delta",
        counts(numbers, result.failures()),
        failures(result),
        result.leftOut().stream()
            .map(one -> shown(one.path()) + ": " + one.reason().text())
            .toList(),
        warnings(result),
        result.alarm(),
        result.reconciled(),
        calls.requests().getAsLong(),
        calls.throttled().get(),
        lineage(result));
  }

  /** What the next run needs, and for explanations where each pattern of the snapshot stands. */
  private ObjectNode lineage(ScanResult result) {
    ObjectNode json = LineageJson.write(result.lineage());
    List<PatternLine> patterns = identity.request().patterns();
    if (patterns.size() <= MOST_ORIGINS
        && patterns.stream().anyMatch(pattern -> pattern.file() != null)) {
      ArrayNode origins = json.putArray("pattern_origins");
      patterns.forEach(pattern -> origins.add(pattern.file() == null ? "" : pattern.origin()));
    }
    return json;
  }

  private List<String> warnings(ScanResult result) {
    return Stream.concat(Stream.ofNullable(identity.remark()), result.warnings().stream()).toList();
  }

  /**
   * Whether the parent's trees can be relied upon without looking: no index file has gone since.
   * Otherwise they are built once more, which stores again what a repair took out of the index.
   */
  private boolean hasAllTrees() {
    return catalogue.isIndexedBy(indexFilesBefore);
  }

  /** As people write it, and as {@code ls} prints it: from the root of the source. */
  private static String shown(String path) {
    return path == null || path.startsWith("/") ? path : "/" + path;
  }

  private List<Failure> failures(ScanResult result) {
    return result.lineage().ledger().stream()
        .map(
            entry ->
                new Failure(
                    entry.itemId(),
                    shown(entry.path()),
                    entry.reason(),
                    entry.attempts(),
                    entry.firstFailed(),
                    hasContent(entry.itemId())))
        .toList();
  }

  /** Of an item that failed: an earlier version, since the present one could not be read. */
  private boolean hasContent(String itemId) {
    CataloguedItem item = catalogue.items().get(DriveIds.of(identity.drive()).key(itemId));
    return item != null && item.content() != null;
  }

  private EntryCounts counts(Statistics numbers, long failed) {
    return new EntryCounts(
        numbers.filesNew() + dryFiles.get(),
        numbers.filesChanged(),
        numbers.filesUnmodified(),
        numbers.filesRemoved(),
        failed,
        skipped.get(),
        numbers.foldersNew(),
        numbers.foldersChanged(),
        numbers.foldersUnmodified(),
        numbers.foldersRemoved(),
        numbers.bytes() + dryBytes.get());
  }

  @Override
  public void committed(Id snapshot) {
    Set<String> files = new HashSet<>(indexFilesBefore);
    files.addAll(indexFiles.get());
    catalogue.setIndexFiles(files);
    scan.commit(snapshot);
  }

  @Override
  public void close() {
    listers.shutdownNow();
    try {
      scan.close();
    } finally {
      catalogue.close();
    }
  }

  /** A file to download, in as many rounds as its content needs. */
  static final class Download implements FileEntry {
    private final DriveFile file;
    private final io.cloudstic.onedrive.client.FileContent content;

    Download(DriveFile file, io.cloudstic.onedrive.client.FileContent content) {
      this.file = file;
      this.content = content;
    }

    @Override
    public String path() {
      return "/" + file;
    }

    @Override
    public long size() {
      return file.item().size();
    }

    @Override
    public InputStream open() {
      return content.open();
    }
  }
}
