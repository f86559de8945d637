package io.cloudstic.onedrive.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * One request for the bytes of a file from a position on.
 *
 * @param position 0 for all of it
 * @param validator the version that the bytes before the position are of, or null
 */
record StorageRequest(long position, String validator) {
  private static final int MOST_REDIRECTS = 5;

  /**
   * The answer, after redirects.
   *
   * @throws IOException when there is none
   */
  Reply send(Downloads downloads, ContentUrls urls, String url) throws IOException {
    Map<String, String> headers = headers(downloads.userAgent());
    String target = url;
    for (int redirects = 0; ; redirects++) {
      Reply answer = downloads.storage().send(Request.get(target, headers));
      if (!answer.isRedirect()) {
        return answer;
      }
      answer.close();
      if (redirects == MOST_REDIRECTS) {
        throw new IOException("the storage host redirects in circles");
      }
      target = urls.redirect(target, answer);
    }
  }

  private Map<String, String> headers(String userAgent) {
    Map<String, String> headers = new HashMap<>();
    // Ranged requests without it have been refused with 416; lengths only hold without compression.
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "identity");
    headers.put("User-Agent", userAgent);
    if (position > 0) {
      headers.put("Range", "bytes=" + position + "-");
      if (validator != null) {
        headers.put("If-Range", validator);
      }
    }
    return headers;
  }
}
