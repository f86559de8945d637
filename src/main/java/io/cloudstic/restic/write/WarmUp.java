package io.cloudstic.restic.write;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.BufferPool;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.MasterKey;
import java.security.SecureRandom;

/**
 * Runs the loops of key derivation and of sealing over nothing, so that Java has them compiled and
 * the zstd library loaded when the first file comes. Worth a thread of its own while the rest of
 * the program starts on another processor, and nothing else. What it seals goes nowhere.
 */
public final class WarmUp implements Runnable {
  private static final int DERIVATIONS = 12;
  private static final int BLOBS = 300;
  private static final int BLOB = 4096;

  /** As much as two blobs of that size take. */
  private static final long BUFFERS = 8L << 20;

  @Override
  public void run() {
    for (int i = 0; i < DERIVATIONS; i++) {
      KdfCost.LOWEST.derive(new byte[] {1}, new byte[64]);
    }
    byte[] plain = new byte[BLOB];
    for (int i = 0; i < BLOB; i++) {
      plain[i] = (byte) (i * i >> 5);
    }
    try (MasterKey key = MasterKey.generate(new SecureRandom());
        Sealer sealer = new Sealer(key, new SecureRandom(), new BufferPool(BUFFERS), true)) {
      for (int i = 0; i < BLOBS; i++) {
        plain[0] = (byte) i;
        sealer.seal(BlobType.DATA, Id.hash(plain), plain, 0, BLOB).release();
      }
    }
  }
}
