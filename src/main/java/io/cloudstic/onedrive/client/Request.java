package io.cloudstic.onedrive.client;

import java.util.Map;

/**
 * What is asked of a server. Credentials are not part of it.
 *
 * @param method such as {@code GET}
 * @param url in {@linkplain WireUrl wire form}; its path and query may be secret
 * @param headers in any case
 * @param body what is sent, or null
 * @param units resource units that it costs at Microsoft, at least 1
 */
public record Request(
    String method, String url, Map<String, String> headers, byte[] body, int units) {
  /** Keeps the headers as they are now. */
  public Request {
    headers = Map.copyOf(headers);
  }

  /** A request without a body. */
  public static Request get(String url, Map<String, String> headers) {
    return get(url, headers, 1);
  }

  /** A request without a body that costs so many units. */
  public static Request get(String url, Map<String, String> headers, int units) {
    return new Request("GET", url, headers, null, units);
  }

  /**
   * A request that changes something, which costs two units ("Microsoft Graph throttling limits",
   * SharePoint and OneDrive).
   */
  public static Request write(String method, String url, Map<String, String> headers, byte[] body) {
    return new Request(method, url, headers, body, 2);
  }

  /** Without path and query, which can be secret. */
  @Override
  public String toString() {
    return method + " " + WireUrl.origin(url);
  }
}
