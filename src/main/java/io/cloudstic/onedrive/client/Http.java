package io.cloudstic.onedrive.client;

import java.io.IOException;

/**
 * One HTTP request and its answer; whatever sends it: a route, or a server look-alike in a test.
 *
 * <p>Thread-safe. Redirects are not followed, cookies not kept, bodies not decompressed. Every
 * answer comes back as a {@link Reply}, errors included. Whether attempts are repeated inside is
 * the sender's affair.
 */
@FunctionalInterface
public interface Http {
  /**
   * Sends the request and returns when the answer's headers are there; the body streams.
   *
   * @return the answer, which the caller closes, on the same or another thread
   * @throws IOException when there is no answer; its message holds no part of the URL's path
   * @throws io.cloudstic.failure.StoppedException when the run is stopped
   */
  Reply send(Request request) throws IOException;
}
