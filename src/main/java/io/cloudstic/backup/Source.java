package io.cloudstic.backup;

import io.cloudstic.restic.write.FileContent;
import java.util.Iterator;

/**
 * What is backed up: a drive or a directory. Used once, by one session: first {@link #files} to its
 * end, while {@link #stored} and {@link #failed} report from any thread; then {@link #finish}; at
 * last {@link #committed} or only {@link #close}.
 */
public interface Source extends AutoCloseable {
  /** The files whose content has to be read now, found as the iterator goes on. Not thread-safe. */
  Iterator<? extends FileEntry> files();

  /** The file's content is in the repository, or will be when the writer is flushed. */
  void stored(FileEntry file, FileContent content);

  /**
   * The file could not be read: a source problem. It goes to the ledger.
   *
   * @throws RuntimeException when the problem is not the file's own, which ends the run
   */
  void failed(FileEntry file, Exception why);

  /**
   * Whether a file that is known to be good can be read just now; asked when many others could not
   * be. A source that knows of none answers no.
   */
  default boolean isAlive() {
    return false;
  }

  /** A route left the file out. */
  void skipped(FileEntry file);

  /** Builds the trees of the snapshot; every file was reported before. */
  SourceOutcome finish(TreeSink trees);

  /** The snapshot is durable: what was learned counts from now on. */
  void committed(io.cloudstic.restic.Id snapshot);

  @Override
  void close();
}
