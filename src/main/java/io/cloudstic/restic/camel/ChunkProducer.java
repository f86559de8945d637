package io.cloudstic.restic.camel;

import io.cloudstic.restic.chunk.Chunks;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code restic:chunk}: cuts the stream in the body into chunks while the next step iterates over
 * them. Whatever becomes of the exchange, the stream is closed when it is done.
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
    exchange.setProperty(ResticConstants.CONTENT, new ContentCollector(chunks));
    exchange.getMessage().setBody(chunks);
  }
}
