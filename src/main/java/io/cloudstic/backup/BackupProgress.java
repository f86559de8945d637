package io.cloudstic.backup;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

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
  private final AtomicReference<Wait> waiting = new AtomicReference<>();
  private volatile LongSupplier listing = () -> 0;
  private volatile boolean complete;

  /** Items that the source has named. */
  public void listed(long items) {
    listed.addAndGet(items);
  }

  /** Where the items are counted that a listing names while it goes on. */
  public void listing(LongSupplier items) {
    listing = items;
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

  /** Why the run is slow, and until when that holds. */
  public void waiting(String reason, Instant until) {
    waiting.set(new Wait(reason, until));
  }

  /** The state of now, which tells whether what was waited for is over. */
  public State state(Instant now) {
    Wait wait = waiting.get();
    return new State(
        listed.get() + listing.getAsLong(),
        filesFound.get(),
        bytesFound.get(),
        filesDone.get(),
        bytesDone.get(),
        failed.get(),
        complete,
        wait != null && wait.until().isAfter(now) ? wait : null);
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
   * @param waiting why the run is slow just now, or null
   */
  public record State(
      long listed,
      long filesFound,
      long bytesFound,
      long filesDone,
      long bytesDone,
      long failed,
      boolean complete,
      Wait waiting) {}

  /**
   * Why nothing moves.
   *
   * @param reason for people
   * @param until when it will be over
   */
  public record Wait(String reason, Instant until) {}
}
