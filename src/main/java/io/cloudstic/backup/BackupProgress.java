package io.cloudstic.backup;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a run has done so far, counted where it happens and read by whoever shows it. Thread-safe.
 */
public final class BackupProgress {
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong filesFound = new AtomicLong();
  private final AtomicLong bytesFound = new AtomicLong();
  private final AtomicLong filesDone = new AtomicLong();
  private final AtomicLong bytesDone = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> waiting = new AtomicReference<>();
  private volatile boolean complete;

  /** Items that the source has named. */
  public void listed(long items) {
    listed.addAndGet(items);
  }

  /** A file whose content has to be read was found. */
  public void found(long size) {
    filesFound.incrementAndGet();
    bytesFound.addAndGet(Math.max(0, size));
  }

  /** Nothing more will be found: the totals are final. */
  public void foundAll() {
    complete = true;
  }

  /** So many bytes of content were read. */
  public void read(long bytes) {
    bytesDone.addAndGet(bytes);
  }

  /** A file is done. */
  public void fileDone() {
    filesDone.incrementAndGet();
  }

  /** A file could not be read. */
  public void fileFailed() {
    failed.incrementAndGet();
  }

  /** Why the run is slow just now, or null when it is not. */
  public void waiting(String reason) {
    waiting.set(reason);
  }

  /** The state of now. */
  public State state() {
    return new State(
        listed.get(),
        filesFound.get(),
        bytesFound.get(),
        filesDone.get(),
        bytesDone.get(),
        failed.get(),
        complete,
        waiting.get());
  }

  /**
   * One moment of a run.
   *
   * @param listed items named by the source
   * @param filesFound files to read, as far as known
   * @param bytesFound their size
   * @param filesDone files read
   * @param bytesDone bytes read
   * @param failed files that could not be read
   * @param complete whether the totals are final
   * @param waiting why the run is slow, or null
   */
  public record State(
      long listed,
      long filesFound,
      long bytesFound,
      long filesDone,
      long bytesDone,
      long failed,
      boolean complete,
      String waiting) {}
}
