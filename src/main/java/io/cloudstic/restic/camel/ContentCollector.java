package io.cloudstic.restic.camel;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.chunk.Chunks;
import io.cloudstic.restic.write.FileContent;
import io.cloudstic.restic.write.SealedBlob;
import java.util.Arrays;
import org.apache.camel.Exchange;

/**
 * Puts together what a file consists of, from its chunks in any order. Thread-safe.
 *
 * <p>Routes can be edited; so it refuses to answer when a chunk did not come out of the split, or
 * was not stored.
 */
final class ContentCollector {
  private final Chunks chunks;
  private byte[] ids = new byte[4 * Id.LENGTH];
  private int count;
  private long length;

  ContentCollector(Chunks chunks) {
    this.chunks = chunks;
  }

  static ContentCollector of(Exchange exchange) {
    ContentCollector collector =
        exchange.getProperty(ResticConstants.CONTENT, ContentCollector.class);
    if (collector == null) {
      throw new IllegalStateException("restic:chunk must come before");
    }
    return collector;
  }

  /**
   * Notes what became of the chunk at this place of the file, counted from 0: the body is a sealed
   * blob, or still the chunk when the repository has or will have it. The chunk's memory is given
   * back.
   *
   * @throws IllegalStateException when the chunk went past those who should store it
   */
  void note(int place, Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof SealedBlob blob) {
      add(place, blob.id(), blob.plainLength());
    } else if (body instanceof Chunk chunk) {
      if (!Sessions.of(exchange).writer().contains(BlobType.DATA, chunk.id())) {
        throw new IllegalStateException(
            "a chunk was not stored: every chunk must go through the idempotentConsumer with"
                + " restic:seal and restic:pack, as in routes/file.camel.yaml");
      }
      add(place, chunk.id(), chunk.length());
      chunk.release();
    }
  }

  /** The same for the only chunk of a file, which went through no split. */
  void noteOnly(Exchange exchange) {
    if (count == 0) {
      note(0, exchange);
    }
  }

  private synchronized void add(int place, Id id, int chunkLength) {
    int end = Math.multiplyExact(place + 1, Id.LENGTH);
    if (end > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(end, 2 * ids.length));
    }
    id.copyTo(ids, end - Id.LENGTH);
    count++;
    length += chunkLength;
  }

  /** Nothing more is wanted of the file. */
  void giveUp() {
    chunks.close();
  }

  synchronized FileContent finish() {
    if (!chunks.isAtEnd() || count != chunks.taken()) {
      throw new IllegalStateException(
          "%d of %d chunks came out of the split%s: every chunk must be split, and the split needs"
                  .formatted(count, chunks.taken(), chunks.isAtEnd() ? "" : ", and more are left")
              + " the aggregationStrategy of routes/file.camel.yaml");
    }
    return new FileContent(Arrays.copyOf(ids, count * Id.LENGTH), length);
  }
}
