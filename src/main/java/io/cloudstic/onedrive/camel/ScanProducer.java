package io.cloudstic.onedrive.camel;

import io.cloudstic.backup.BackupEngine;
import io.cloudstic.backup.BackupSession;
import io.cloudstic.restic.camel.ResticConstants;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code onedrive:scan}: begins the scan of the drive that the session is about, and puts the files
 * whose content must be fetched into the body, to be split; they are pulled from Graph as the split
 * goes on.
 */
final class ScanProducer extends DefaultProducer {
  ScanProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    BackupSession session = exchange.getProperty(ResticConstants.SESSION, BackupSession.class);
    BackupEngine engine =
        getEndpoint().getCamelContext().getRegistry().findSingleByType(BackupEngine.class);
    if (session == null || engine == null) {
      throw new IllegalStateException(
          "onedrive:scan needs a session, which restic:open begins, and a BackupEngine in the"
              + " registry");
    }
    exchange.getMessage().setBody(session.begin(engine.drive(session)));
  }
}
