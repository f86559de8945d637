package io.cloudstic.restic.write;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lends sealers, one for each processor: more at a time would only multiply memory. Callers wait
 * for a free one. Thread-safe.
 */
final class SealerPool implements AutoCloseable {
  private final Supplier<Sealer> maker;
  private final Semaphore permits;
  private final Deque<Sealer> idle = new ArrayDeque<>();
  private boolean closed;

  SealerPool(int size, Supplier<Sealer> maker) {
    this.maker = maker;
    this.permits = new Semaphore(size);
  }

  SealedBlob seal(BlobType type, Id id, byte[] plain, int offset, int length) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    try {
      Sealer sealer = borrow();
      try {
        return sealer.seal(type, id, plain, offset, length);
      } finally {
        giveBack(sealer);
      }
    } finally {
      permits.release();
    }
  }

  private Sealer borrow() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the writer is closed");
      }
      Sealer sealer = idle.pollFirst();
      if (sealer != null) {
        return sealer;
      }
    }
    return maker.get();
  }

  private void giveBack(Sealer sealer) {
    synchronized (idle) {
      if (!closed) {
        idle.addFirst(sealer);
        return;
      }
    }
    sealer.close();
  }

  /** Frees the native memory of idle sealers now, and of lent ones when they come back. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Sealer::close);
      idle.clear();
    }
  }
}
