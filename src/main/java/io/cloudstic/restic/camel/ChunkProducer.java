package io.cloudstic.restic.camel;

import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.chunk.Chunks;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code restic:chunk}: the stream in the body becomes a chunk, when it is short, or is cut into
 * chunks while the next step iterates over them. Whatever becomes of the exchange, the stream is
 * closed when it is done.
 */
final class ChunkProducer extends DefaultProducer {
  ChunkProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    InputStream content = exchange.getMessage().getMandatoryBody(InputStream.class);
    Chunks chunks = Sessions.of(exchange).chunker().cut(content);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                chunks.close();
              }
            });
    Chunk only = chunks.only();
    exchange.setProperty(ResticConstants.CONTENT, new ContentCollector(chunks));
    exchange.setProperty(ResticConstants.ONE_CHUNK, only != null);
    exchange.getMessage().setBody(only != null ? only : chunks);
  }
}
