package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.auth.TrustedHosts;
import java.net.URI;

/**
 * Which Graph we talk to, and as whom.
 *
 * @param baseUrl with its version, without a slash at the end
 * @param userAgent decorated as Microsoft asks for, so that we are throttled later
 */
public record GraphSettings(URI baseUrl, String userAgent) {
  /** Graph there, as this program of that version. */
  public static GraphSettings of(URI baseUrl, String version) {
    return new GraphSettings(baseUrl, "NONISV|Cloudstic|Cloudstic/" + version);
  }

  /** Which URLs may be used for what. */
  public TrustedHosts trustedHosts() {
    return new TrustedHosts(baseUrl);
  }
}
