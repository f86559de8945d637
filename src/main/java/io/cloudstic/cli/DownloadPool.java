package io.cloudstic.cli;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that download files, and a short queue. Whoever finds more files than it holds waits;
 * were they to download one themselves, as Camel's pools would have it, a single large file would
 * keep the listing from going on for hours, and all others from being downloaded. The one that
 * finds files is a task of the pool, too, hence one thread more than downloads. Threads end when
 * there is nothing to do.
 */
final class DownloadPool extends ThreadPoolExecutor {
  private static final int QUEUE = 8;

  /**
   * A pool for so many downloads at once; the gate of the storage hosts holds their number.
   *
   * @param downloads at least 1
   */
  DownloadPool(int downloads) {
    super(
        downloads + 1,
        downloads + 1,
        1,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(QUEUE),
        named(),
        DownloadPool::waitForRoom);
    allowCoreThreadTimeOut(true);
  }

  private static java.util.concurrent.ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "cloudstic-file-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void waitForRoom(Runnable task, ThreadPoolExecutor pool) {
    try {
      pool.getQueue().put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted", e);
    }
  }
}
