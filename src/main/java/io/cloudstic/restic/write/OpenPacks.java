package io.cloudstic.restic.write;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.pack.PackBuilder;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The two open packs of one type of blob. Which of them a blob goes to is left to chance, so that
 * the sizes of a file's chunks in their order cannot be read off the packs (restic does so from
 * 0.18 on). Thread-safe.
 */
final class OpenPacks {
  /** Beyond the target, so that the last blob seldom makes the buffer grow. */
  private static final int OVERSHOOT = 2 << 20;

  private static final int FIRST_CAPACITY_OF_TREES = 256 << 10;

  private final BlobType type;
  private final WriteLimits limits;
  private final RandomGenerator random;
  private final PackUploader uploader;
  private final List<OpenPack> packs;

  OpenPacks(
      BlobType type,
      WriteLimits limits,
      Envelope first,
      Envelope second,
      RandomGenerator random,
      PackUploader uploader) {
    this.type = type;
    this.limits = limits;
    this.random = random;
    this.uploader = uploader;
    this.packs = List.of(new OpenPack(first), new OpenPack(second));
  }

  /** Appends a blob; stores the pack when that fills it, waiting while others are on their way. */
  void add(SealedBlob blob) {
    int choice = random.nextInt(packs.size());
    // While the chosen one is being finished the other takes what comes: no thread waits idly.
    for (int i = 0; i < packs.size(); i++) {
      OpenPack pack = packs.get((choice + i) % packs.size());
      if (pack.lock.tryLock()) {
        pack.addAndUnlock(blob);
        return;
      }
    }
    OpenPack pack = packs.get(choice);
    pack.lock.lock();
    pack.addAndUnlock(blob);
  }

  /** Sends on their way all packs that hold anything. */
  void finish() {
    for (OpenPack pack : packs) {
      pack.lock.lock();
      try {
        pack.upload();
      } finally {
        pack.lock.unlock();
      }
    }
  }

  private final class OpenPack {
    final ReentrantLock lock = new ReentrantLock();
    private final Envelope envelope;
    private PackBuilder builder;

    OpenPack(Envelope envelope) {
      this.envelope = envelope;
    }

    void addAndUnlock(SealedBlob blob) {
      try {
        if (builder == null) {
          builder = new PackBuilder(type, capacity());
        }
        if (!builder.fits(blob.length())) {
          upload();
        }
        builder.add(
            blob.id(), blob.buffer(), 0, blob.length(), blob.compressed() ? blob.plainLength() : 0);
        if (builder.bodyLength() >= limits.packSize()) {
          upload();
        }
      } finally {
        lock.unlock();
      }
    }

    void upload() {
      if (builder != null && !builder.isEmpty()) {
        uploader.upload(() -> builder.finish(envelope));
      }
    }

    private int capacity() {
      return type == BlobType.DATA
          ? limits.packSize() + Math.min(limits.packSize(), OVERSHOOT)
          : FIRST_CAPACITY_OF_TREES;
    }
  }
}
