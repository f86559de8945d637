package io.cloudstic.restic.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code restic:failed}: the file goes to the ledger, or the run ends when the problem is not its
 * own.
 */
final class FailedProducer extends DefaultProducer {
  FailedProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    BackupSessions.of(exchange).failed(BackupSessions.file(exchange), why);
  }
}
