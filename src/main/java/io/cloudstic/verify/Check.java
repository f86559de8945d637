package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.util.List;

/**
 * Checks a repository: index files, packs by their sizes, snapshots and all their trees; if asked,
 * every byte of every pack. Memory grows with the index and by about 200 bytes for each pack and 80
 * for each tree, not with what is stored. One object is one run.
 */
public final class Check {
  private final Repository repository;
  private final CheckRequest request;
  private final CheckReport report;
  private final Stop stop;

  /** A run that was not begun yet; the repository is open and locked by the caller. */
  public Check(Repository repository, CheckRequest request, CheckListener listener, Stop stop) {
    this.repository = repository;
    this.request = request;
    this.report = new CheckReport(listener);
    this.stop = stop;
  }

  /**
   * Checks. Damage is no exception: the summary's {@link CheckSummary#exitCode} tells of it.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  public CheckSummary run() {
    // Snapshots before the index: what is written meanwhile must not look as if it were missing.
    List<Id> snapshots = repository.snapshots().ids();
    Contents contents = new Contents(repository, report);
    contents.loadIndex();
    stop.check();
    contents.comparePacks();
    new SnapshotCheck(repository, contents, report, stop).run(snapshots);
    if (request.readData()) {
      readPacks(contents);
    }
    return report.summary();
  }

  private void readPacks(Contents contents) {
    PackCheck check = new PackCheck(repository);
    long total = contents.packs.values().stream().filter(f -> f.size != PackFacts.MISSING).count();
    try (Workers workers = new Workers("check", request.threads())) {
      contents.packs.forEach(
          (pack, facts) -> {
            if (facts.size != PackFacts.MISSING) {
              workers.submit(() -> read(check, pack, facts, total));
            }
          });
      workers.await();
    }
  }

  private void read(PackCheck check, Id pack, PackFacts facts, long total) {
    stop.check();
    List<Finding> findings = check.check(pack, facts);
    if (!findings.isEmpty()) {
      report.broken(pack);
      findings.forEach(report::add);
    }
    report.packRead(facts.size, total);
  }
}
