package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.retention.PruneListener.Stage;
import io.cloudstic.run.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes what no snapshot needs. First the plan, which reads only: the index, all trees, the list
 * of packs. Then, each step durable before the next: copies of used blobs in new packs, an index of
 * them, an index of the rest without what goes, the removal of the old index files, the removal of
 * packs. Whatever interrupts it leaves copies or packs that no index lists, which the next prune
 * removes; nothing that a snapshot needs is ever missing.
 *
 * <p>Needs an exclusive lock, for a backup that has read the index refers to packs which it lists.
 *
 * <p>Memory grows with the index and by some 300 bytes for each pack. One object is one run.
 */
public final class Prune {
  /** Removed at once: a store may be far away. */
  private static final int WIDTH = 8;

  private final Repository repository;
  private final PruneRequest request;
  private final PruneListener listener;
  private final Runnable stillLocked;
  private final Stop stop;
  private IndexSurvey survey;
  private BlobMarks used;
  private PrunePlan plan;

  /**
   * A run that was not begun yet.
   *
   * @param stillLocked returns normally while the exclusive lock is held, asked before each change
   */
  public Prune(
      Repository repository,
      PruneRequest request,
      PruneListener listener,
      Runnable stillLocked,
      Stop stop) {
    this.repository = repository;
    this.request = request;
    this.listener = listener;
    this.stillLocked = stillLocked;
    this.stop = stop;
  }

  /**
   * Finds out what there is to do, and changes nothing.
   *
   * @throws RepositoryException with exit code 14 when anything that a snapshot needs is missing or
   *     cannot be read: such a repository is to be repaired first
   */
  public PruneSummary plan() {
    // Snapshots before the index, so that without a lock none is newer than the index.
    List<Id> roots = roots();
    stop.check();
    survey = IndexSurvey.load(repository);
    stop.check();
    UsedBlobs search =
        new UsedBlobs(
            repository, survey.index(), stop, trees -> listener.progress(Stage.TREES, trees, 0));
    used = search.find(roots);
    OrphanPacks orphans = new OrphanPacks(now(), request.grace());
    PackSurvey packs = PackSurvey.of(repository, survey.index(), used, orphans);
    boolean compresses = repository.config().version() > 1;
    plan = new PrunePlanner(request, compresses).plan(packs, roots.size());
    return plan.summary();
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

  /** The trees of all snapshots, oldest first. */
  private List<Id> roots() {
    record Root(Instant time, Id tree) {}
    List<Root> roots = new ArrayList<>();
    repository
        .snapshots()
        .forEach(
            SnapshotFilter.ALL,
            snapshot -> {
              if (!request.forgotten().contains(snapshot.id())) {
                roots.add(new Root(snapshot.time().toInstant(), snapshot.tree()));
              }
            });
    return roots.stream().sorted(Comparator.comparing(Root::time)).map(Root::tree).toList();
  }

  /**
   * Does what the plan says.
   *
   * @throws IllegalStateException when there is no plan
   * @throws RepositoryException with exit code 14 when a used blob turns out to be damaged; nothing
   *     was removed then
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  public void run() {
    if (plan == null) {
      throw new IllegalStateException("there is no plan");
    }
    Set<Id> unlisted = plan.unlisted();
    repack(unlisted);
    stop.check();
    IndexRewrite index = new IndexRewrite(repository, survey, unlisted, stillLocked);
    index.run(done -> listener.progress(Stage.INDEX, done, index.count()));
    List<Id> packs = new ArrayList<>(plan.orphans());
    packs.addAll(plan.remove());
    packs.addAll(plan.repack());
    remove(packs);
  }

  private void repack(Set<Id> unlisted) {
    if (plan.repack().isEmpty()) {
      return;
    }
    BlobMarks wanted = wanted(unlisted);
    new Repacker(repository, survey.index(), wanted, stillLocked, stop)
        .run(plan.repack(), done -> listener.progress(Stage.REPACK, done, plan.repack().size()));
  }

  /** The used blobs of which no pack that stays holds a copy. */
  private BlobMarks wanted(Set<Id> unlisted) {
    BlobIndex index = survey.index();
    BlobMarks staying = new BlobMarks(index.size());
    BlobMarks wanted = new BlobMarks(index.size());
    index.forEachPack(
        pack -> {
          boolean stays = !unlisted.contains(pack.id());
          for (PackedBlob blob : pack.blobs()) {
            int number = index.number(blob.type(), blob.id());
            if (stays) {
              staying.add(number);
              wanted.remove(number);
            } else if (used.contains(number) && !staying.contains(number)) {
              wanted.add(number);
            }
          }
        });
    return wanted;
  }

  private void remove(List<Id> packs) {
    AtomicLong done = new AtomicLong();
    Concurrently.forEach(
        packs,
        WIDTH,
        pack -> {
          stop.check();
          stillLocked.run();
          repository.removeFile(FileKind.PACK, pack);
          listener.progress(Stage.REMOVE, done.incrementAndGet(), packs.size());
        });
  }
}
