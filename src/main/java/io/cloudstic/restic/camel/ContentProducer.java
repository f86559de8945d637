package io.cloudstic.restic.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code restic:content}: answers with the {@link io.cloudstic.restic.write.FileContent} of the
 * file that {@code restic:chunk} cut, once every chunk has been stored, or is known to be.
 */
final class ContentProducer extends DefaultProducer {
  ContentProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    ContentCollector content = ContentCollector.of(exchange);
    content.noteOnly(exchange);
    exchange.getMessage().setBody(content.finish());
  }
}
