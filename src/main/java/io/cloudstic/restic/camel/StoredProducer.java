package io.cloudstic.restic.camel;

import io.cloudstic.backup.BackupSession;
import io.cloudstic.backup.FileEntry;
import io.cloudstic.restic.write.FileContent;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code restic:stored}: the file is done: its content is stored, or it was left out on the way.
 */
final class StoredProducer extends DefaultProducer {
  StoredProducer(ResticEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    BackupSession session = BackupSessions.of(exchange);
    FileEntry file = BackupSessions.file(exchange);
    if (exchange.getMessage().getBody() instanceof FileContent content) {
      session.stored(file, content);
    } else {
      session.skipped(file);
    }
  }
}
