package io.cloudstic.store.camel;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a store call is going to be tried again, and why: a slow run should not be a riddle.
 * Where the service says when (Retry-After), it makes Camel wait for so long. The bean {@code
 * retryNotice} of the route configuration {@code store-errors}, called at each fault.
 */
public final class RetryNotice implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(RetryNotice.class);

  private final PassingFault passing = new PassingFault();

  @Override
  public void process(Exchange exchange) {
    Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Message message = exchange.getMessage();
    int tries = message.getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    int most = message.getHeader(Exchange.REDELIVERY_MAX_COUNTER, 0, Integer.class);
    if (tries > most || !passing.matches(exchange)) {
      // It goes to the caller, who tells it.
      return;
    }
    PassingFault.count(exchange, fault);
    String asked = "";
    Optional<Duration> wait = RetryAfter.of(fault);
    if (wait.isPresent() && wait.get().compareTo(ownWait(exchange, tries)) > 0) {
      message.setHeader(Exchange.REDELIVERY_DELAY, wait.get().toMillis());
      asked = " in " + wait.get().toSeconds() + " s";
    }
    String operation = exchange.getFromRouteId().replaceFirst("^.*-", "");
    String key =
        message.getHeader(
            StoreHeaders.KEY,
            message.getHeader(StoreHeaders.PREFIX, "", String.class),
            String.class);
    String said = StoreFaults.translate(operation, key, fault).getMessage();
    LOG.warn("{}; trying again{} ({} of {})", said, asked, tries, most);
  }

  /** About how long Camel would wait by itself, at most. */
  private static Duration ownWait(Exchange exchange, int tries) {
    long first = setting(exchange, "{{cloudstic.store.retry-delay}}");
    long most = setting(exchange, "{{cloudstic.store.retry-delay-max}}");
    return Duration.ofMillis(Math.min(most, first << Math.min(30, Math.max(0, tries - 1))));
  }

  private static long setting(Exchange exchange, String name) {
    return Long.parseLong(exchange.getContext().resolvePropertyPlaceholders(name));
  }
}
