package io.cloudstic.store.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a store call is going to be tried again, and why: a slow run should not be a riddle.
 * The bean {@code retryNotice} of the route configuration {@code store-errors}, called at each
 * fault.
 */
public final class RetryNotice implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(RetryNotice.class);

  @Override
  public void process(Exchange exchange) {
    Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Message message = exchange.getMessage();
    int tries = message.getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    int most = message.getHeader(Exchange.REDELIVERY_MAX_COUNTER, 0, Integer.class);
    if (tries > most || !PassingFault.mayPass(fault)) {
      // It goes to the caller, who tells it.
      return;
    }
    String operation = exchange.getFromRouteId().replaceFirst("^.*-", "");
    String key = message.getHeader(StoreHeaders.KEY, "", String.class);
    String said = StoreFaults.translate(operation, key, fault).getMessage();
    LOG.warn("{}; trying again ({} of {})", said, tries, most);
  }
}
