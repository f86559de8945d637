package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** {@code onedrive:item}: one item, by id, or by path, or the root. */
final class ItemProducer extends DefaultProducer {
  private final OneDriveEndpoint endpoint;

  ItemProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(find(endpoint, exchange.getMessage()));
  }

  /** The item that the message or the endpoint names. */
  static DriveItem find(OneDriveEndpoint endpoint, Message message) {
    Graph graph = endpoint.client().graph();
    String drive = endpoint.driveId(message);
    String id = OneDriveEndpoint.itemId(message);
    String path = endpoint.getConfiguration().getPath();
    if (id != null) {
      return graph.item(drive, id);
    }
    return path == null ? graph.root(drive) : graph.itemAt(drive, path);
  }
}
