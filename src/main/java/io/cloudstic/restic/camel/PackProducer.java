package io.cloudstic.restic.camel;

import io.cloudstic.restic.write.SealedBlob;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:pack}: puts the sealed blob in the body into a pack. */
final class PackProducer extends DefaultProducer {
  PackProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    SealedBlob blob = exchange.getMessage().getMandatoryBody(SealedBlob.class);
    Sessions.of(exchange).writer().pack(blob);
  }
}
