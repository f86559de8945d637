package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;

/**
 * Puts a snapshot, or a part of it, into a folder of a OneDrive: folders, files, and their times.
 * One object is one run; {@link #progress} may be asked by any thread meanwhile.
 *
 * <p>What concerns one entry is reported and the others go on. A run that is repeated finds what is
 * there already by size and hash, and sends only the rest. Links, pipes and devices are left out,
 * and reported; names that OneDrive cannot hold are changed visibly, and reported.
 */
public final class DriveRestore {
  private final Repository repository;
  private final DriveRestoreRequest request;
  private final RestoreReport report;
  private final Stop stop;
  private final DriveFolder.Drive drive;

  /**
   * A run that was not begun yet.
   *
   * @param writer needs a sign-in that may write; not used in a dry run
   */
  public DriveRestore(
      Repository repository,
      DriveRestoreRequest request,
      Graph graph,
      DriveWriter writer,
      RestoreListener listener,
      Stop stop) {
    this.repository = repository;
    this.request = request;
    this.report = new RestoreReport(listener);
    this.stop = stop;
    DriveWriter used = request.dryRun() ? null : writer;
    this.drive =
        new DriveFolder.Drive() {
          @Override
          public Graph graph() {
            return graph;
          }

          @Override
          public DriveWriter writer() {
            return used;
          }

          @Override
          public String id() {
            return request.driveId();
          }
        };
  }

  /** How far it has come. */
  public RestoreSummary progress() {
    return report.summary();
  }

  /**
   * Restores.
   *
   * @throws GraphException when OneDrive cannot be reached
   * @throws io.cloudstic.onedrive.auth.SignInRequiredException when the sign-in may not write
   * @throws io.cloudstic.failure.StoppedException when the run is stopped; no file in the drive is
   *     incomplete
   * @throws CloudsticException when the folder cannot be used, or the snapshot does not hold what
   *     was asked for
   */
  public RestoreSummary run() {
    Selected source = Selected.find(repository, request.tree(), request.subPath());
    ContentReader content = new ContentReader(repository, stop);
    WriteRefusal refusal = new WriteRefusal();
    DriveFileRestorer files = new DriveFileRestorer(drive, content, request.conflict(), report);
    DriveFolder top = folder(refusal);
    try (Workers workers = new Workers("upload", request.threads())) {
      source.walk(new DrivePass(request, drive, top, files, report, refusal, workers, stop));
      workers.await();
    }
    return report.summary();
  }

  private DriveFolder folder(WriteRefusal refusal) {
    DriveFolder at = new DriveFolder(null, "", drive.graph().root(request.driveId()), () -> {});
    for (String name : request.folder()) {
      at = new DriveFolder(at, name, null, () -> {});
    }
    try {
      at.ensure(drive);
    } catch (DriveFolder.NameTakenException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "cannot restore into /" + String.join("/", request.folder()) + ": " + e.getMessage(),
          "name another folder",
          null);
    } catch (GraphException e) {
      refusal.problem(e);
      throw e;
    }
    return at;
  }
}
