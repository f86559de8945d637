package io.cloudstic.restic.camel;

import io.cloudstic.backup.BackupEngine;
import io.cloudstic.backup.BackupRequest;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code restic:open}: opens the repository under a lock and begins a backup session. */
final class OpenProducer extends DefaultProducer {
  OpenProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    BackupRequest request = exchange.getMessage().getBody(BackupRequest.class);
    BackupEngine engine =
        getEndpoint().getCamelContext().getRegistry().findSingleByType(BackupEngine.class);
    if (request == null || engine == null) {
      throw new IllegalStateException(
          "restic:open needs a BackupRequest in the body and a BackupEngine in the registry");
    }
    exchange.setProperty(ResticConstants.SESSION, engine.open(request));
    exchange.setProperty(ResticConstants.FETCHING, !request.dryRun());
  }
}
