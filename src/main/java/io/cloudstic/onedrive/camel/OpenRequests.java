package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.client.Request;
import io.cloudstic.run.Stop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All requests whose answers may still be streaming; a stopped run drops them. Thread-safe. */
public final class OpenRequests {
  /** Carries the ticket from a message to the HTTP client, which takes it off. */
  static final String TICKET_HEADER = "Cloudstic-Ticket";

  private final Map<String, OpenRequest> open = new ConcurrentHashMap<>();
  private final AtomicLong lastTicket = new AtomicLong();
  private final Stop stop;

  /** No requests yet; they end when the run is asked to stop. */
  public OpenRequests(Stop stop) {
    this.stop = stop;
    stop.onAsked(() -> open.values().forEach(OpenRequest::abort));
  }

  /**
   * Registers a request, to be closed when its answer has been read.
   *
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  OpenRequest open(Request request) {
    stop.check();
    String ticket = Long.toString(lastTicket.incrementAndGet());
    OpenRequest opened = new OpenRequest(this, ticket, request);
    open.put(ticket, opened);
    return opened;
  }

  /** The request of a ticket, or null. */
  OpenRequest of(String ticket) {
    return ticket == null ? null : open.get(ticket);
  }

  void remove(String ticket) {
    open.remove(ticket);
  }

  /** Requests whose answers are not closed. */
  int size() {
    return open.size();
  }

  /** Whether the run is stopped. */
  Stop stop() {
    return stop;
  }
}
