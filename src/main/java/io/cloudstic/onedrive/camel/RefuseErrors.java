package io.cloudstic.onedrive.camel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpConstants;

/**
 * Turns answers from 400 on into failures, which the route's error handler may try again.
 * camel-http could do that, but its exception shows redirects, which are secret, and holds bodies
 * of any size. Stateless.
 */
public final class RefuseErrors implements Processor {
  private static final int MOST_BYTES = 1 << 16;

  @Override
  public void process(Exchange exchange) throws Exception {
    int status = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, int.class);
    if (status < 400) {
      return;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getMessage()
        .getHeaders()
        .forEach((name, value) -> headers.put(name, String.valueOf(value)));
    InputStream body = exchange.getMessage().getBody(InputStream.class);
    throw new AttemptFailedException(status, headers, copy(body));
  }

  /** Reads the body to its end, so that the connection is free while the next attempt waits. */
  private static byte[] copy(InputStream body) throws IOException {
    if (body == null) {
      return new byte[0];
    }
    byte[] bytes = body.readNBytes(MOST_BYTES);
    byte[] waste = new byte[1 << 13];
    for (int rounds = 0; rounds < 16 && body.read(waste) >= 0; rounds++) {}
    return bytes;
  }
}
