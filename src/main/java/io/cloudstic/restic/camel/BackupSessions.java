package io.cloudstic.restic.camel;

import io.cloudstic.backup.BackupSession;
import io.cloudstic.backup.FileEntry;
import org.apache.camel.Exchange;

/** Finds the backup of a message, and the file that it is about. */
final class BackupSessions {
  private BackupSessions() {}

  static BackupSession of(Exchange exchange) {
    if (Sessions.of(exchange) instanceof BackupSession session) {
      return session;
    }
    throw new IllegalStateException("the message belongs to no backup: restic:open begins one");
  }

  static FileEntry file(Exchange exchange) {
    FileEntry file = exchange.getProperty(ResticConstants.FILE, FileEntry.class);
    if (file == null) {
      throw new IllegalStateException(
          "the exchange property " + ResticConstants.FILE + " must hold the file entry");
    }
    return file;
  }
}
