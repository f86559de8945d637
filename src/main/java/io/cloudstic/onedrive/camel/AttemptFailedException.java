package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.client.Reply;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** An attempt was answered with an error; the answer is kept in memory. */
public final class AttemptFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;
  private final transient byte[] body;

  AttemptFailedException(int status, Map<String, String> headers, byte[] body) {
    super("HTTP " + status);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The HTTP status, for conditions in routes. */
  public int getStatus() {
    return status;
  }

  /** The answer; its body is there anew with each call. */
  Reply reply() {
    return new Reply(status, headers, new ByteArrayInputStream(body));
  }
}
