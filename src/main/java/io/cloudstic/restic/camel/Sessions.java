package io.cloudstic.restic.camel;

import io.cloudstic.restic.write.WriteSession;
import org.apache.camel.Exchange;

/** Finds the session of a message. */
final class Sessions {
  private Sessions() {}

  static WriteSession of(Exchange exchange) {
    WriteSession session = exchange.getProperty(ResticConstants.SESSION, WriteSession.class);
    if (session == null) {
      throw new IllegalStateException(
          "the message belongs to no run: its exchange property "
              + ResticConstants.SESSION
              + " is not set");
    }
    return session;
  }
}
