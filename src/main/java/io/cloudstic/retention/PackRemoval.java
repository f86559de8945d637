package io.cloudstic.retention;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.LockWait;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Removes packs that no index file lists any more. The exclusive lock is held for half a minute at
 * a time; in between others get their turn. What they have listed meanwhile stays.
 */
final class PackRemoval {
  /** A quarter of what others wait for a lock that is held for a moment. */
  private static final Duration STEP = Duration.ofSeconds(30);

  /** Longer than the pauses between the tries of those who wait for such a lock. */
  private static final Duration BREATH = Duration.ofSeconds(10);

  /** Removed at once: a store may be far away. */
  private static final int WIDTH = 8;

  private final Repository repository;
  private final IndexSurvey survey;
  private final RepositoryLock lock;
  private final LockWait wait;
  private final Stop stop;
  private final LongConsumer progress;
  private final AtomicLong done = new AtomicLong();

  /**
   * Removes nothing yet.
   *
   * @param lock exclusive
   * @param wait how long to wait for others in between
   * @param progress is told how many are gone, by several threads
   */
  PackRemoval(
      Repository repository,
      IndexSurvey survey,
      RepositoryLock lock,
      LockWait wait,
      Stop stop,
      LongConsumer progress) {
    this.repository = repository;
    this.survey = survey;
    this.lock = lock;
    this.wait = wait;
    this.stop = stop;
    this.progress = progress;
  }

  /** Removes these packs; those that are returned are left, because others would not go. */
  List<PrunePlan.Pack> run(List<PrunePlan.Pack> packs) {
    List<PrunePlan.Pack> left = step(packs);
    while (!left.isEmpty()) {
      lock.relax(LockKind.PRUNE);
      repository.environment().sleeper().sleep(BREATH);
      try {
        lock.tighten(LockKind.BRIEF, wait, () -> {});
      } catch (RepositoryException e) {
        if (e.exitCode() == ExitCode.LOCKED) {
          return left;
        }
        throw e;
      }
      survey.update(repository);
      left = step(PrunePlan.without(left, survey.packs()));
    }
    return left;
  }

  /** Removes packs until it is time to let others in, but a few in any case; what is left. */
  private List<PrunePlan.Pack> step(List<PrunePlan.Pack> packs) {
    Clock clock = repository.environment().clock();
    Instant end = clock.instant().plus(STEP);
    AtomicInteger begun = new AtomicInteger();
    Queue<PrunePlan.Pack> left = new ConcurrentLinkedQueue<>();
    Concurrently.forEach(
        packs,
        WIDTH,
        pack -> {
          if (begun.incrementAndGet() <= WIDTH || clock.instant().isBefore(end)) {
            remove(pack);
          } else {
            left.add(pack);
          }
        });
    return List.copyOf(left);
  }

  private void remove(PrunePlan.Pack pack) {
    stop.check();
    lock.check();
    repository.removeFile(FileKind.PACK, pack.id());
    progress.accept(done.incrementAndGet());
  }
}
