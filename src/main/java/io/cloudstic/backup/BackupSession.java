package io.cloudstic.backup;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.FastCdc;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.FileContent;
import io.cloudstic.restic.write.WriteSession;
import io.cloudstic.run.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a backup, from the open repository to the snapshot. The routes carry it in an exchange
 * property: {@link #begin} is told the source, workers report {@link #stored} and {@link #failed}
 * from any thread, {@link #commit} makes the snapshot, {@link #close} lets go of the lock however
 * the run ended.
 */
public final class BackupSession implements WriteSession, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSession.class);

  private final BackupRequest request;
  private final Repository repository;
  private final RepositoryLock lock;
  private final BlobWriter writer;
  private final FastCdc chunker;
  private final BackupProgress progress;
  private final RateLimit limit;
  private final Stop stop;
  private final String program;
  private final Instant began;
  private final Runnable notCutOff;
  private final Outage outage = new Outage();
  private Source source;

  /**
   * Why the run ends early: what came first. Whoever fails later fails for the same reason, for the
   * others are told to end, and their ends are consequences.
   */
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  BackupSession(
      BackupRequest request,
      Repository repository,
      RepositoryLock lock,
      BlobWriter writer,
      FastCdc chunker,
      BackupProgress progress,
      RateLimit limit,
      Stop stop,
      String program) {
    this.request = request;
    this.repository = repository;
    this.lock = lock;
    this.writer = writer;
    this.chunker = chunker;
    this.progress = progress;
    this.limit = limit;
    this.stop = stop;
    this.program = program;
    this.began = repository.environment().clock().instant();
    // An upload that hangs must not leave a lock: what is cut off then is stored, and no snapshot.
    this.notCutOff = stop.onGivenUp(lock::close);
  }

  /** What was asked for. */
  public BackupRequest request() {
    return request;
  }

  /** The open repository. */
  public Repository repository() {
    return repository;
  }

  /** What is counted on the way. */
  public BackupProgress progress() {
    return progress;
  }

  /** The wish to stop. */
  public Stop stop() {
    return stop;
  }

  /**
   * Returns normally while something may be written.
   *
   * @throws io.cloudstic.restic.RepositoryException when the lock was lost, or never good
   */
  void checkLock() {
    lock.check();
  }

  @Override
  public BlobWriter writer() {
    return writer;
  }

  @Override
  public FastCdc chunker() {
    return chunker;
  }

  /** Where the source's finished directories go. */
  public TreeSink trees() {
    return request.dryRun()
        ? Id::hash
        : tree -> writer.save(BlobType.TREE, tree, 0, tree.length).id();
  }

  /**
   * Begins with the source; the files are found while the iterator goes on. Once the run has failed
   * there are no more of them: a split that ends early takes all that is left, only to drop it.
   */
  public Iterator<FileEntry> begin(Source toBackUp) {
    source = toBackUp;
    Iterator<? extends FileEntry> files = toBackUp.files();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          return failure.get() == null && look();
        } catch (RuntimeException e) {
          if (failure.compareAndSet(null, e)) {
            throw e;
          }
          return false;
        }
      }

      private boolean look() {
        stop.check();
        boolean more = files.hasNext();
        if (!more) {
          progress.foundAll();
        }
        return more;
      }

      @Override
      public FileEntry next() {
        FileEntry file = files.next();
        progress.found(file.size());
        return new CountedFile(file, progress, limit);
      }
    };
  }

  /** The file's chunks are in the repository, or on their way. */
  public void stored(FileEntry file, FileContent content) {
    source.stored(CountedFile.unwrap(file), content);
    outage.passed();
    progress.fileDone();
  }

  /** A route left the file out. */
  public void skipped(FileEntry file) {
    source.skipped(CountedFile.unwrap(file));
  }

  /**
   * A file could not be read: its own problem goes to the ledger.
   *
   * @throws RuntimeException the reason itself, when it is not the file's own: the run ends; or why
   *     it ends already
   */
  public void failed(FileEntry file, Exception why) {
    try {
      record(file, why);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      throw failure.get();
    }
  }

  private void record(FileEntry file, Exception why) {
    stop.check();
    Exception reason = SourceProblems.of(why);
    if (!SourceProblems.isOwn(reason)) {
      throw reason instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(reason);
    }
    source.failed(CountedFile.unwrap(file), reason);
    progress.fileFailed();
    outage.failed(reason, source::isAlive);
  }

  /**
   * Makes the snapshot: trees, packs, index, each durable before the next, then the snapshot, and
   * only then what the source learned.
   */
  public BackupSummary commit() {
    requireAllFiles();
    stop.check();
    SourceOutcome outcome = source.finish(trees());
    Id snapshot = null;
    if (!request.dryRun() && !(request.ignoreEmpty() && isUnchanged(outcome))) {
      lock.check();
      writer.flush();
      lock.check();
      stop.check();
      Snapshot made =
          NewSnapshot.of(
              request, outcome, repository.environment(), writer.totals(), began, program);
      snapshot = new Snapshots(repository.files()).save(made).id();
      learn(snapshot);
    }
    Duration took = Duration.between(began, repository.environment().clock().instant());
    return new BackupSummary(request.dryRun(), snapshot, outcome, writer.totals(), began, took);
  }

  /** The files end where one has failed; the split may see their end before it sees the failure. */
  private void requireAllFiles() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** The snapshot stands; that the cache could not be brought up to date only costs time later. */
  private void learn(Id snapshot) {
    try {
      source.committed(snapshot);
    } catch (RuntimeException e) {
      LOG.warn(
          "the cache could not be updated, the next run rebuilds it from the snapshot: {}",
          e.getMessage());
    }
  }

  private static boolean isUnchanged(SourceOutcome outcome) {
    return outcome.parent() != null
        && outcome.parent().tree().equals(outcome.tree())
        && outcome.failures().isEmpty();
  }

  /** What has been stored stays, and is indexed, even when the run failed. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("the session is closed"));
    try {
      if (source != null) {
        source.close();
      }
    } finally {
      try {
        writer.close();
      } finally {
        try {
          lock.close();
          notCutOff.run();
        } finally {
          repository.close();
        }
      }
    }
  }
}
