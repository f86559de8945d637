package io.cloudstic.onedrive.client;

/**
 * What a call costs in Microsoft's resource units (Graph documentation, "Throttling limits",
 * "SharePoint and OneDrive"): 2 for listings and for a delta without a token, else 1. A guess by
 * the form of the URL, which only decides how far apart calls are after a throttle. Stateless.
 */
final class ResourceUnits {
  private ResourceUnits() {}

  static int of(String url) {
    int mark = url.indexOf('?');
    String path = mark < 0 ? url : url.substring(0, mark);
    boolean begins = path.endsWith("/delta") && !url.substring(path.length()).contains("token=");
    return begins || path.endsWith("/children") || path.endsWith("/drives") ? 2 : 1;
  }
}
