package io.cloudstic.restic.camel;

import io.cloudstic.restic.chunk.Chunk;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:seal}: compresses, encrypts and verifies the chunk in the body. */
final class SealProducer extends DefaultProducer {
  SealProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Chunk chunk = exchange.getMessage().getMandatoryBody(Chunk.class);
    exchange.getMessage().setBody(Sessions.of(exchange).writer().seal(chunk));
  }
}
