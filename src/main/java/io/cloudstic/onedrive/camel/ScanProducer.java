package io.cloudstic.onedrive.camel;

import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code onedrive:scan}: puts the prepared scan of a run into the body, to be split; its items are
 * pulled from Graph as the split goes on.
 */
final class ScanProducer extends DefaultProducer {
  ScanProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    Iterator<?> scan = exchange.getProperty(OneDriveConstants.SCAN, Iterator.class);
    if (scan == null) {
      throw new IllegalStateException(
          "onedrive:scan needs a prepared scan in the exchange property " + OneDriveConstants.SCAN);
    }
    exchange.getMessage().setBody(scan);
  }
}
