package io.cloudstic.restic.camel;

import io.cloudstic.backup.BackupEngine;
import io.cloudstic.backup.BackupSession;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:walk}: answers with the files of the plain directory that changed. */
final class WalkProducer extends DefaultProducer {
  WalkProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    BackupSession session = BackupSessions.of(exchange);
    BackupEngine engine =
        getEndpoint().getCamelContext().getRegistry().findSingleByType(BackupEngine.class);
    exchange.getMessage().setBody(session.begin(engine.directory(session)));
  }
}
