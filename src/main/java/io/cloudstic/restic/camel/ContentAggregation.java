package io.cloudstic.restic.camel;

import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.write.SealedBlob;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Notes each blob that comes out of the split: a sealed one, or a chunk that the repository had.
 * The memory of the latter is given back here.
 */
public final class ContentAggregation implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange before, Exchange split) {
    if (!split.isFailed()) {
      Object body = split.getMessage().getBody();
      int place = split.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
      ContentCollector content = ContentCollector.of(split);
      if (body instanceof SealedBlob blob) {
        content.add(place, blob.id(), blob.plainLength());
      } else if (body instanceof Chunk chunk) {
        content.add(place, chunk.id(), chunk.length());
        chunk.release();
      }
    }
    return before == null ? split : before;
  }

  /**
   * After a failure the split takes all that is left from the iterator, only to drop it: the chunks
   * are closed before, or the rest of a large file would be read for nothing.
   */
  @Override
  public void onCompletion(Exchange result, Exchange input) {
    if (input.isFailed() || result != null && result.isFailed()) {
      ContentCollector.of(input).giveUp();
    }
  }
}
