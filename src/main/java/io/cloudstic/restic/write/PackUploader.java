package io.cloudstic.restic.write;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.pack.FinishedPack;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stores finished packs on threads of its own, so that those who hash and compress do not wait for
 * a disk or a network. At most {@link WriteLimits#uploads} packs are on their way; whoever finishes
 * one more waits. The first failure is the last thing that happens: it is what every later call
 * throws. Thread-safe.
 */
final class PackUploader implements AutoCloseable {
  private final ObjectStore store;
  private final Runnable permission;
  private final Consumer<FinishedPack> stored;
  private final int uploads;
  private final Semaphore permits;
  private final ExecutorService threads;
  private final AtomicReference<CloudsticException> failure = new AtomicReference<>();

  /**
   * Tells {@code stored} about each pack once it is durable, on the thread that stored it.
   *
   * @param permission asked before each pack is stored; throws when nothing may be written any more
   */
  PackUploader(ObjectStore store, int uploads, Runnable permission, Consumer<FinishedPack> stored) {
    this.store = store;
    this.permission = permission;
    this.stored = stored;
    this.uploads = uploads;
    this.permits = new Semaphore(uploads);
    AtomicInteger number = new AtomicInteger();
    // The permits bound the queue: a task waits in it only while its predecessor's thread ends.
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            uploads,
            uploads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "pack-upload-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * Finishes a pack and sends it on its way. It is finished only when there is room, because it
   * takes memory then.
   */
  void upload(Supplier<FinishedPack> finish) {
    acquire(1);
    boolean underway = false;
    try {
      check();
      FinishedPack pack = finish.get();
      threads.execute(() -> store(pack));
      underway = true;
    } finally {
      if (!underway) {
        permits.release();
      }
    }
  }

  private void store(FinishedPack pack) {
    try {
      permission.run();
      store.put(FileKind.PACK.key(pack.id()), pack.bytes());
      stored.accept(pack);
    } catch (CloudsticException e) {
      failure.compareAndSet(null, e);
    } catch (Throwable e) {
      failure.compareAndSet(
          null,
          new StoreException("pack " + pack.id().brief() + " could not be stored: " + e, null, e));
    } finally {
      permits.release();
    }
  }

  /** Returns when no pack is on its way any more; throws when one has failed. */
  void await() {
    acquire(uploads);
    permits.release(uploads);
    check();
  }

  /** Throws what made an upload fail, if any did. */
  void check() {
    CloudsticException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  private void acquire(int count) {
    try {
      permits.acquire(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** Waits for what is on its way; its failure is of no interest any more. */
  @Override
  public void close() {
    permits.acquireUninterruptibly(uploads);
    permits.release(uploads);
    threads.shutdown();
  }
}
