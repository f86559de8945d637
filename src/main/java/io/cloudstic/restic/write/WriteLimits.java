package io.cloudstic.restic.write;

import io.cloudstic.restic.index.IndexWriter;
import io.cloudstic.restic.pack.PackBuilder;
import java.time.Duration;

/**
 * The numbers of the write side.
 *
 * @param packSize bytes of blobs at which a pack is closed; restic's default is 16 MiB, and accepts
 *     4 to 128 MiB
 * @param uploads how many finished packs may be on their way to the store at once; each takes
 *     memory of about the pack size
 * @param sealers how many blobs are compressed and encrypted at once: one for each processor
 * @param indexAfter how long a stored pack may wait for its index file. A killed run loses what is
 *     not indexed: two minutes of a slow line, where restic loses up to ten
 * @param indexBlobs blobs in one index file, as in restic
 */
public record WriteLimits(
    int packSize, int uploads, int sealers, Duration indexAfter, int indexBlobs) {

  /** The defaults for this machine. */
  public static WriteLimits standard() {
    return new WriteLimits(
        PackBuilder.DEFAULT_TARGET,
        2,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        Duration.ofMinutes(2),
        IndexWriter.FULL);
  }

  /** Checks what the format and common sense bound. */
  public WriteLimits {
    if (packSize < 1 || packSize > 128 << 20) {
      throw new IllegalArgumentException("packs of " + packSize + " bytes; at most 128 MiB");
    }
    if (uploads < 1 || sealers < 1 || indexBlobs < 1 || indexAfter.isNegative()) {
      throw new IllegalArgumentException("a limit below its least value: " + this);
    }
  }

  /** The same with another wait for the index. */
  public WriteLimits withIndexAfter(Duration wait) {
    return new WriteLimits(packSize, uploads, sealers, wait, indexBlobs);
  }

  /** The same with another size of packs. */
  public WriteLimits withPackSize(int bytes) {
    return new WriteLimits(bytes, uploads, sealers, indexAfter, indexBlobs);
  }
}
