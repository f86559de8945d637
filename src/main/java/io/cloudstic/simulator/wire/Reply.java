package io.cloudstic.simulator.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer, built up by the site. Not thread-safe. */
public final class Reply {
  /** The bytes of an answer, written once. */
  public interface Body {
    /** How many bytes {@link #writeTo} gives. */
    long length();

    /** Writes them all. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Body body;

  private Reply(int status, Body body) {
    this.status = status;
    this.body = body;
  }

  /** An answer of bytes that are made while they are sent. */
  public static Reply of(int status, String contentType, Body body) {
    return new Reply(status, body).with("Content-Type", contentType);
  }

  /** An answer of these bytes. */
  public static Reply of(int status, String contentType, byte[] body) {
    return of(status, contentType, new Bytes(body));
  }

  /** A JSON document in the dress that Graph gives it. */
  public static Reply json(int status, byte[] body) {
    return of(
        status,
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        body);
  }

  /** A page for people. */
  public static Reply html(int status, String body) {
    return of(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static Reply empty(int status) {
    return new Reply(status, new Bytes(new byte[0]));
  }

  /** Sets a header; null leaves it out. */
  public Reply with(String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers, without length and encoding. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body; empty, never null. */
  public Body body() {
    return body;
  }

  /** The body when it is held in memory, else null. */
  public byte[] bytes() {
    return body instanceof Bytes bytes ? bytes.bytes : null;
  }

  private record Bytes(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }
}
