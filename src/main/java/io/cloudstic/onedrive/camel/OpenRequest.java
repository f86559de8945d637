package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.client.Request;
import io.cloudstic.onedrive.client.WireUrl;
import java.io.Closeable;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;

/** A request whose answer may still be streaming. Thread-safe. */
final class OpenRequest implements Closeable {
  private final OpenRequests registry;
  private final String ticket;
  private final Request request;
  private ModalCloseable connection;

  OpenRequest(OpenRequests registry, String ticket, Request request) {
    this.registry = registry;
    this.ticket = ticket;
    this.request = request;
  }

  String ticket() {
    return ticket;
  }

  /** Path and query for the request line, exactly as they go over the wire. */
  String target() {
    return WireUrl.target(request.url());
  }

  /** The connection that carries the present attempt. */
  synchronized void carriedBy(ModalCloseable present) {
    connection = present;
  }

  /** The answer has been read to its end; the connection may already serve somebody else. */
  synchronized void ended() {
    connection = null;
  }

  /** Drops the connection, if there is one: whoever reads from it fails at once. */
  synchronized void abort() {
    if (connection != null) {
      connection.close(CloseMode.IMMEDIATE);
      connection = null;
    }
  }

  /** Nothing is read any more. */
  @Override
  public void close() {
    abort();
    registry.remove(ticket);
  }
}
