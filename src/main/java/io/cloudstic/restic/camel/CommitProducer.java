package io.cloudstic.restic.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:commit}: makes the snapshot; answers with the summary of the run. */
final class CommitProducer extends DefaultProducer {
  CommitProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(BackupSessions.of(exchange).commit());
  }
}
