package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.client.PagedItems;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a drive's change feed: one exchange for each changed item, in the order of the feed, in
 * which an item may come more than once, when the last one counts. The delta link moves on when
 * every item of a feed was processed without failure; otherwise the feed comes again. A link that
 * Graph no longer knows is forgotten, and every item comes again.
 */
public class OneDriveConsumer extends ScheduledPollConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(OneDriveConsumer.class);

  private final OneDriveEndpoint endpoint;
  private final StateRepository<String, String> links;

  /** A consumer of the endpoint's drive. */
  public OneDriveConsumer(OneDriveEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    StateRepository<String, String> kept = endpoint.getConfiguration().getStateRepository();
    this.links = kept != null ? kept : new MemoryStateRepository();
  }

  @Override
  protected int poll() throws Exception {
    Graph graph = endpoint.client().graph();
    String configured = endpoint.getConfiguration().getDriveId();
    String drive = configured != null ? configured : endpoint.ownDrive();
    String link = links.getState(drive);
    if (link == null && endpoint.getConfiguration().getStartFrom() == OneDriveStart.now) {
      return finish(drive, new PagedItems(graph, graph.deltaFromNow(drive)));
    }
    return finish(drive, new PagedItems(graph, first(graph, drive, link)));
  }

  private static Page first(Graph graph, String drive, String link) {
    if (link == null) {
      return graph.deltaFromStart(drive);
    }
    try {
      return graph.follow(link);
    } catch (GraphException e) {
      if (e.status() != 410) {
        throw e;
      }
      LOG.info("the delta link of drive {} is too old: all items come again", drive);
      return graph.deltaFromStart(drive);
    }
  }

  private int finish(String drive, PagedItems items) throws Exception {
    int count = 0;
    while (items.hasNext() && isPollAllowed()) {
      if (!process(drive, items.next())) {
        return count;
      }
      count++;
    }
    if (!items.hasNext() && items.deltaLink() != null) {
      links.setState(drive, items.deltaLink());
    }
    return count;
  }

  /** Whether the item was processed without failure. */
  private boolean process(String drive, DriveItem item) throws Exception {
    Exchange exchange = createExchange(true);
    exchange.getIn().setBody(item);
    exchange.getIn().setHeader(OneDriveConstants.ITEM_ID, item.id());
    exchange.getIn().setHeader(OneDriveConstants.DRIVE_ID, drive);
    exchange.getIn().setHeader(OneDriveConstants.DELETED, item.deleted());
    getProcessor().process(exchange);
    if (exchange.getException() != null) {
      getExceptionHandler()
          .handleException("Error processing an item", exchange, exchange.getException());
      return false;
    }
    return true;
  }
}
