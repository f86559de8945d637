package io.cloudstic.restic.camel;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.Chunks;
import io.cloudstic.restic.write.FileContent;
import java.util.Arrays;
import org.apache.camel.Exchange;

/**
 * Puts together what a file consists of, from its chunks in any order. Thread-safe.
 *
 * <p>Routes can be edited; so it refuses to answer when a chunk did not come out of the split.
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

  /** The chunk at this place of the file, counted from 0, is or will be in the repository. */
  synchronized void add(int place, Id id, int chunkLength) {
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
