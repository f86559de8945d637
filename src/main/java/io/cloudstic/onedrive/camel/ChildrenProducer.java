package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.client.PagedItems;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** {@code onedrive:children}: an iterator over a folder's items, which pulls pages as it goes. */
final class ChildrenProducer extends DefaultProducer {
  private final OneDriveEndpoint endpoint;

  ChildrenProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Graph graph = endpoint.client().graph();
    String drive = endpoint.driveId(message);
    String id = OneDriveEndpoint.itemId(message);
    String folder = id != null ? id : ItemProducer.find(endpoint, message).id();
    message.setBody(new PagedItems(graph, graph.children(drive, folder)));
  }
}
