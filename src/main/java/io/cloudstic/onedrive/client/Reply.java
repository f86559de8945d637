package io.cloudstic.onedrive.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A server's answer. Its body streams from the connection: read to the end it gives the connection
 * back for the next request, closed earlier it drops the connection without reading the rest.
 */
public final class Reply implements Closeable {
  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final InputStream body;

  /** An answer; {@code body} is never null, and closed with the reply. */
  public Reply(int status, Map<String, String> headers, InputStream body) {
    this.status = status;
    this.headers.putAll(headers);
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(String::strip);
  }

  /** All headers; names compare in any case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body as it is sent. */
  public InputStream body() {
    return body;
  }

  /** The body without gzip, when the headers say that there is some. */
  public InputStream decoded() throws IOException {
    boolean gzip = header("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
    return gzip ? new GZIPInputStream(body, 1 << 13) : body;
  }

  /** Whether the body claims to be a web page. */
  public boolean isHtml() {
    return header("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }

  /** Whether it names another place to ask. */
  public boolean isRedirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** The body's announced length in bytes, if any. */
  public Optional<Long> contentLength() {
    return header("Content-Length").flatMap(Reply::number);
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(length -> length >= 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** The status only: headers can hold secret URLs. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
