package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import java.io.IOException;

/**
 * Puts a snapshot, or a part of it, into a directory or a ZIP file. One object is one run; {@link
 * #progress} may be asked by any thread meanwhile.
 *
 * <p>What concerns one entry is reported to the listener and the others go on; the summary's {@link
 * RestoreSummary#exitCode} says how it ended. A run that is repeated takes what is right already as
 * done.
 */
public final class Restore {
  private final Repository repository;
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Stop stop;

  /** A run that was not begun yet; the repository is open and locked by the caller. */
  public Restore(
      Repository repository, RestoreRequest request, RestoreListener listener, Stop stop) {
    this.repository = repository;
    this.request = request;
    this.report = new RestoreReport(listener);
    this.stop = stop;
  }

  /** How far it has come. */
  public RestoreSummary progress() {
    return report.summary();
  }

  /**
   * Restores.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws io.cloudstic.failure.StoppedException when the run is stopped; no file that is there
   *     under its name is incomplete
   * @throws CloudsticException when the target cannot be used at all, or the snapshot does not hold
   *     what was asked for
   */
  public RestoreSummary run() {
    Selected source = Selected.find(repository, request.tree(), request.subPath());
    ContentReader content = new ContentReader(repository, stop);
    try {
      if (request.isZip()) {
        new ZipRestore(request, content, report, stop).run(source);
      } else {
        new DirectoryRestore(request, repository.index(), content, report, stop).run(source);
      }
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "cannot restore into "
              + TerminalText.escape(request.target().toString())
              + ": "
              + RestoreReport.reason(e),
          "name a directory that can be written to, or a .zip file, with -output",
          e);
    }
    return report.summary();
  }
}
