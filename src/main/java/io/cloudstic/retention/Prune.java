package io.cloudstic.retention;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.LockWait;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.retention.PruneListener.Stage;
import io.cloudstic.run.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes what no snapshot needs, while others may work in the repository.
 *
 * <ol>
 *   <li>Under a lock that is shared with backups: the plan, which only reads (the index, all trees,
 *       the list of packs), then copies of used blobs in new packs, and an index of them.
 *   <li>Under an exclusive lock, for a moment: what others have added meanwhile is looked at, packs
 *       that came to be used stay after all; then an index of the rest without what goes replaces
 *       the old index files, and the packs are removed.
 * </ol>
 *
 * <p>So nobody can have read an index that lists a pack and rely on it when the pack goes. Each
 * step is durable before the next. Whatever interrupts it leaves copies or packs that no index
 * lists, which the next prune removes; nothing that a snapshot needs is ever missing.
 * docs/repository.md has the reasons.
 *
 * <p>Memory grows with the index and by some 300 bytes for each pack. One object is one run; one
 * thread.
 */
public final class Prune {
  /**
   * How long others may take before they let us remove things, unless the user has said: most
   * backups take less, and a lock that is older may be abandoned.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** A plan is begun anew so often when somebody without a lock changes the index meanwhile. */
  private static final int ATTEMPTS = 3;

  private final Repository repository;
  private final PruneRequest request;
  private final PruneListener listener;
  private final RepositoryLock lock;
  private final Stop stop;
  private Census census;
  private PrunePlan plan;

  /**
   * A run that was not begun yet.
   *
   * @param lock of the kind {@code PRUNE}, exclusive when the run has ended; null when only a plan
   *     is made
   */
  public Prune(
      Repository repository,
      PruneRequest request,
      PruneListener listener,
      RepositoryLock lock,
      Stop stop) {
    this.repository = repository;
    this.request = request;
    this.listener = listener;
    this.lock = lock;
    this.stop = stop;
  }

  /**
   * Finds out what there is to do, and changes nothing.
   *
   * @throws RepositoryException with exit code 14 when anything that a snapshot needs is missing or
   *     cannot be read: such a repository is to be repaired first
   */
  public PruneSummary plan() {
    census = takeCensus();
    OrphanPacks orphans = new OrphanPacks(now(), request.grace());
    PackSurvey packs = PackSurvey.of(repository, census.index(), census.used(), orphans);
    boolean compresses = repository.config().version() > 1;
    plan = new PrunePlanner(request, compresses).plan(packs, census.snapshots());
    return plan.summary();
  }

  private Census takeCensus() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Census fresh =
          new Census(
              repository,
              request.forgotten(),
              stop,
              trees -> listener.progress(Stage.TREES, trees, 0));
      if (fresh.update()) {
        return fresh;
      }
    }
    throw indexReplaced();
  }

  /**
   * The present time, by our clock or by the store's, whichever is behind: our lock was stored
   * minutes ago at most, and a clock that is ahead would make packs look older than they are.
   */
  private Instant now() {
    Instant[] stored = {null};
    repository.listFiles(
        FileKind.LOCK,
        lock -> {
          Instant time = lock.modified();
          if (time != null && (stored[0] == null || time.isAfter(stored[0]))) {
            stored[0] = time;
          }
        });
    Instant ours = repository.environment().clock().instant();
    return stored[0] != null && stored[0].isBefore(ours) ? stored[0] : ours;
  }

  /**
   * Does what the plan says, as far as that is still right when it comes to it.
   *
   * @throws IllegalStateException when there is no plan
   * @throws RepositoryException with exit code 14 when a used blob turns out to be damaged, with 11
   *     when others hold a lock for too long; nothing was removed then
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  public PruneOutcome run() {
    if (plan == null || lock == null) {
      throw new IllegalStateException("there is no plan, or no lock");
    }
    repack();
    stop.check();
    if (isNothingToDo()) {
      return PruneOutcome.of(plan.summary());
    }
    LockWait wait = repository.environment().lockWait().orElse(PATIENCE);
    becomeExclusive(wait);
    PrunePlan now = plan.without(spared());
    IndexRewrite index = rewrite(now);
    index.run(done -> listener.progress(Stage.INDEX, done, index.count()));
    List<PrunePlan.Pack> packs = now.leaving();
    List<PrunePlan.Pack> left =
        new PackRemoval(
                repository,
                census.survey(),
                lock,
                wait,
                stop,
                done -> listener.progress(Stage.REMOVE, done, packs.size()))
            .run(packs);
    Set<Id> stay = left.stream().map(PrunePlan.Pack::id).collect(Collectors.toSet());
    return PruneOutcome.of(plan, now.without(stay), left);
  }

  private void repack() {
    Set<Id> packs = plan.repack().stream().map(PrunePlan.Pack::id).collect(Collectors.toSet());
    if (packs.isEmpty()) {
      return;
    }
    OnlyCopies wanted = new OnlyCopies(census.index(), census.used(), plan.unlisted());
    new Repacker(repository, census.index(), wanted.blobs(), lock::check, stop)
        .run(packs, done -> listener.progress(Stage.REPACK, done, packs.size()));
  }

  private boolean isNothingToDo() {
    return plan.leaving().isEmpty() && rewrite(plan).count() == 0;
  }

  private IndexRewrite rewrite(PrunePlan what) {
    return new IndexRewrite(repository, census.survey(), what.unlisted(), lock::check);
  }

  /** What others add while we wait is read before the lock is exclusive, which keeps that short. */
  private void becomeExclusive(LockWait wait) {
    try {
      lock.tighten(LockKind.BRIEF, wait, this::catchUp);
    } catch (RepositoryException e) {
      if (e.exitCode() != ExitCode.LOCKED) {
        throw e;
      }
      throw new RepositoryException(
          ExitCode.LOCKED,
          e.getMessage() + "; so nothing was removed",
          "run it again when that has finished: it goes on from here; -retry-lock 2h waits longer",
          e);
    }
    catchUp();
  }

  private void catchUp() {
    if (!census.update()) {
      throw indexReplaced();
    }
  }

  private static CloudsticException indexReplaced() {
    return new CloudsticException(
        ExitCode.FAILED,
        "another program that takes no locks has replaced index files meanwhile; nothing was"
            + " removed",
        "run it again when that program has finished",
        null);
  }

  /**
   * The packs of the plan that may not go any more: they hold something that a newer snapshot needs
   * and that is nowhere else, or a backup has listed what was an orphan.
   */
  private Set<Id> spared() {
    OnlyCopies lost = new OnlyCopies(census.index(), census.used(), plan.unlisted());
    Set<Id> spared = new HashSet<>(lost.takePacks(plan.missing()));
    if (!lost.blobs().isEmpty()) {
      throw RepositoryException.damaged(
          "a snapshot that was just made needs packs that are missing; nothing was removed", null);
    }
    plan.orphans().stream()
        .map(PrunePlan.Pack::id)
        .filter(census.index()::containsPack)
        .forEach(spared::add);
    return spared;
  }
}
