package io.cloudstic.restic.camel;

import io.cloudstic.backup.BackupSession;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:close}: lets go of the lock and the repository, however the run ended. */
final class CloseProducer extends DefaultProducer {
  CloseProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    if (exchange.getProperty(ResticConstants.SESSION) instanceof BackupSession session) {
      exchange.removeProperty(ResticConstants.SESSION);
      session.close();
    }
  }
}
