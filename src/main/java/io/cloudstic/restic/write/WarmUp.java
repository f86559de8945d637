package io.cloudstic.restic.write;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.BufferPool;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.MasterKey;
import java.security.SecureRandom;
import java.time.ZoneId;

/**
 * Runs key derivation and sealing over nothing, so that Java has loaded them, and on demand
 * compiled their loops, when they are needed. Worth a thread of its own while the rest of the
 * program starts on another processor, and nothing else. What it seals goes nowhere.
 */
public final class WarmUp implements Runnable {
  private static final int BLOB = 4096;

  /** As much as two blobs of that size take. */
  private static final long BUFFERS = 8L << 20;

  private final int derivations;
  private final int blobs;

  WarmUp(int derivations, int blobs) {
    this.derivations = derivations;
    this.blobs = blobs;
  }

  /** Loads what it takes to open a repository and to write a lock: some hundredths of a second. */
  public static void load() {
    begin(new WarmUp(1, 1));
  }

  /** Has the loops compiled that a backup needs. */
  public static void compile() {
    begin(new WarmUp(12, 300));
  }

  private static void begin(WarmUp warmUp) {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread = new Thread(warmUp, "warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      work();
    } catch (RuntimeException | LinkageError e) {
      // It fails again where it is needed, and is told there.
      return;
    }
  }

  void work() {
    ZoneId.systemDefault(); // whose rules are read from a file of their own, for the times in locks
    for (int i = 0; i < derivations; i++) {
      KdfCost.LOWEST.derive(new byte[] {1}, new byte[64]);
    }
    byte[] plain = new byte[BLOB];
    for (int i = 0; i < BLOB; i++) {
      plain[i] = (byte) (i * i >> 5);
    }
    try (MasterKey key = MasterKey.generate(new SecureRandom());
        Sealer sealer = new Sealer(key, new SecureRandom(), new BufferPool(BUFFERS), true)) {
      for (int i = 0; i < blobs; i++) {
        plain[0] = (byte) i;
        sealer.seal(BlobType.DATA, Id.hash(plain), plain, 0, BLOB).release();
      }
    }
  }
}
