package io.cloudstic.restic.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/** Notes each blob that comes out of the split: a sealed one, or a chunk that is known. */
public final class ContentAggregation implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange before, Exchange split) {
    if (!split.isFailed()) {
      int place = split.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
      ContentCollector.of(split).note(place, split);
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
