package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.KeyRing;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.Finding.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a repository: index files, packs by their sizes, snapshots and all their trees; if asked,
 * every byte of packs. Memory grows with the index and by about 200 bytes for each pack and 80 for
 * each tree, not with what is stored. One object is one run.
 */
public final class Check {
  private final Repository repository;
  private final CheckRequest request;
  private final VerificationLog log;
  private final CheckReport report;
  private final Harms harms;
  private final Stop stop;

  /** A run of which nothing is remembered. */
  public Check(Repository repository, CheckRequest request, CheckListener listener, Stop stop) {
    this(repository, request, VerificationLog.open(null, repository.config().id()), listener, stop);
  }

  /**
   * A run that was not begun yet; the repository is open and locked by the caller.
   *
   * @param log tells which packs were verified longest ago, and learns which are now
   */
  public Check(
      Repository repository,
      CheckRequest request,
      VerificationLog log,
      CheckListener listener,
      Stop stop) {
    this.repository = repository;
    this.request = request;
    this.log = log;
    this.report = new CheckReport(listener);
    this.harms = new Harms(report::add);
    this.stop = stop;
  }

  /**
   * Checks. Damage is no exception: the summary's {@link CheckSummary#exitCode} tells of it.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  public CheckSummary run() {
    checkKeys();
    // Snapshots before the index: what is written meanwhile must not look as if it were missing.
    List<Id> snapshots = repository.snapshots().ids();
    Contents contents = new Contents(repository, report, harms);
    contents.loadIndex();
    stop.check();
    contents.comparePacks();
    try {
      // Data before snapshots: who suffers is found in the one walk through all trees.
      if (request.data().any()) {
        readPacks(contents);
      }
      new SnapshotCheck(repository, contents, report, harms, stop).run(snapshots);
    } finally {
      harms.tell();
    }
    return report.summary();
  }

  /** We came in with one of them; others may be the only ones that somebody else has. */
  private void checkKeys() {
    KeyRing keys = repository.keys();
    for (Id id : keys.ids()) {
      try {
        keys.load(id);
      } catch (RepositoryException e) {
        report.add(Finding.error(Kind.KEY, id, TerminalText.escape(e.getMessage())));
      } catch (ObjectNotFoundException e) {
        // removed meanwhile
      }
    }
  }

  private void readPacks(Contents contents) {
    PackCheck check = new PackCheck(repository, contents.index, stop);
    List<DataSubset.Pack> present = new ArrayList<>();
    contents.packs.forEach(
        (pack, facts) -> {
          if (facts.size != PackFacts.MISSING) {
            present.add(new DataSubset.Pack(pack, facts.size));
          }
        });
    List<DataSubset.Pack> chosen =
        request.data().choose(present, log, repository.environment().random());
    try (Workers workers = new Workers("check", request.threads())) {
      for (DataSubset.Pack pack : chosen) {
        workers.submit(() -> read(check, pack.id(), contents.packs.get(pack.id()), chosen.size()));
      }
      workers.await();
    } finally {
      log.save(contents.packs::containsKey);
    }
  }

  private void read(PackCheck check, Id pack, PackFacts facts, long total) {
    stop.check();
    List<PackCheck.Flaw> flaws = check.check(pack, facts);
    if (flaws.isEmpty()) {
      Clock clock = repository.environment().clock();
      log.verified(pack, clock.instant());
    } else {
      log.damaged(pack);
      report.broken(pack);
      flaws.forEach(flaw -> flaw.tell(harms));
    }
    report.packRead(facts.size, total);
  }
}
