package io.cloudstic.backup;

import io.cloudstic.local.LocalSource;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.chunk.FastCdc;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Begins sessions: what the routes' {@code restic:open} and the scans need to know of the process.
 * Thread-safe when its parts are.
 *
 * @param repositories opens the repository anew for each run
 * @param drives makes the OneDrive source of a session
 * @param progress what is counted on the way
 * @param limit how fast contents may be read
 * @param stop the wish to stop
 * @param program name and version, for the snapshot
 */
public record BackupEngine(
    Supplier<Repository> repositories,
    Function<BackupSession, Source> drives,
    BackupProgress progress,
    RateLimit limit,
    Stop stop,
    String program) {

  /** Opens the repository and locks it; the caller closes the session. */
  public BackupSession open(BackupRequest request) {
    Repository repository = repositories.get();
    RepositoryLock lock = null;
    try {
      lock = repository.share();
      BlobWriter writer = BlobWriter.into(repository, WriteLimits.standard(), lock::check);
      FastCdc chunker = new FastCdc(repository.config().chunkerPolynomial(), writer.buffers());
      return new BackupSession(
          request, repository, lock, writer, chunker, progress, limit, stop, program);
    } catch (RuntimeException e) {
      if (lock != null) {
        lock.close();
      }
      repository.close();
      throw e;
    }
  }

  /** The OneDrive of a session. */
  public Source drive(BackupSession session) {
    return drives.apply(session);
  }

  /** The plain directory of a session. */
  public Source directory(BackupSession session) {
    BackupRequest request = session.request();
    Repository repository = session.repository();
    LocalSource local = new LocalSource(request.source().path());
    String hostname = repository.environment().hostname();
    SnapshotFilter same =
        new SnapshotFilter(List.of(hostname), List.of(), List.of(local.start().toString()));
    Snapshot parent =
        request.full() ? null : new Snapshots(repository.files()).latest(same).orElse(null);
    return new DirectorySource(
        local,
        Rules.ofLines("", request.patterns()),
        parent,
        new PreviousTrees(repository),
        hostname,
        repository.environment().clock(),
        session.trees(),
        session.progress(),
        request.dryRun(),
        stop);
  }
}
