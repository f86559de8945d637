package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.client.PagedItems;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code onedrive:delta}: an iterator over a feed, which pulls pages as it goes and knows the delta
 * link at its end.
 */
final class DeltaProducer extends DefaultProducer {
  private final OneDriveEndpoint endpoint;

  DeltaProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Graph graph = endpoint.client().graph();
    String link = message.getHeader(OneDriveConstants.DELTA_LINK, String.class);
    message.setBody(
        new PagedItems(
            graph,
            link == null ? graph.deltaFromStart(endpoint.driveId(message)) : graph.follow(link)));
  }
}
