package io.cloudstic.backup;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.onedrive.scan.DriveScan;
import io.cloudstic.onedrive.scan.ScanEnvironment;
import io.cloudstic.onedrive.scan.ScanLimits;
import io.cloudstic.onedrive.scan.ScanRequest;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Begins the scan of a drive: who it is, what came before, and what is known of it.
 *
 * @param graph the calls
 * @param appOnly whether an app signs in as itself, which has neither name nor drive of its own
 * @param downloads the contents
 * @param calls what they cost
 * @param cacheFolder where catalogues are kept, or null for none that outlives the run
 * @param reconcileAfter the age from which a full enumeration is due
 * @param limits of a scan
 */
public record DriveSources(
    Graph graph,
    boolean appOnly,
    Downloads downloads,
    DriveSource.Calls calls,
    Path cacheFolder,
    Duration reconcileAfter,
    ScanLimits limits) {

  /** A run names its packs in an index before it has stored more blobs than that. */
  private static final int MOST_UNLISTED = 100_000;

  /** The source of this session; asks Graph who and which drive it is. */
  public Source begin(BackupSession session) {
    BackupRequest request = session.request();
    DriveChoice.Chosen chosen =
        new DriveChoice(graph, request.user(), appOnly).of(request.source().drive());
    Account account = chosen.account();
    Drive drive = chosen.drive();
    SourceSpec source = request.source().onDrive(chosen.another());
    DriveIds ids = DriveIds.of(drive);
    Rules rules = Rules.ofLines(request.source().folder(), request.patterns());
    DriveLineage lineage = DriveLineage.find(session.repository(), account, ids, source);
    Repository repository = session.repository();
    Catalogue catalogue =
        Catalogue.open(
            cacheFolder,
            repository.config().id().hex(),
            ids,
            request.source().folder(),
            blob -> repository.index().contains(BlobType.DATA, blob));
    ExecutorService listers = listers(limits.foldersInFlight());
    try {
      if (!request.dryRun()) {
        new UnlistedPacks(repository, session::checkLock, session.stop())
            .adopt(catalogue.fetched().unknownBlobs(MOST_UNLISTED));
      }
      lineage.bringUpToDate(catalogue, ids, repository);
      Set<String> indexFiles = indexFiles(repository);
      Snapshot parent = lineage.parent();
      ScanRequest wanted =
          new ScanRequest(
              request.source().kind().word(),
              account,
              drive,
              rules,
              request.full(),
              reconcileAfter,
              parent == null ? null : parent.id(),
              request.followShortcuts(),
              catalogue.isIndexedBy(indexFiles));
      ScanEnvironment environment =
          new ScanEnvironment(
              graph, repository.environment().clock(), session.stop(), listers, limits);
      DriveScan scan = new DriveScan(wanted, catalogue, environment);
      session.progress().listing(scan::listed);
      DriveIdentity identity =
          new DriveIdentity(
              request, account, drive, source.snapshotPath(), parent, lineage.remark());
      return new DriveSource(
          identity,
          catalogue,
          scan,
          listers,
          downloads,
          calls,
          indexFiles,
          () -> indexFiles(repository));
    } catch (RuntimeException e) {
      listers.shutdownNow();
      catalogue.close();
      throw e;
    }
  }

  private static Set<String> indexFiles(Repository repository) {
    Set<String> names = new HashSet<>();
    repository.listFiles(FileKind.INDEX, file -> names.add(file.id().hex()));
    return names;
  }

  /** Lists the folders of a walk; the gate decides how many calls are really in flight. */
  private static ExecutorService listers(int atOnce) {
    return Executors.newFixedThreadPool(
        atOnce,
        task -> {
          Thread thread = new Thread(task, "cloudstic-list");
          thread.setDaemon(true);
          return thread;
        });
  }
}
