package io.cloudstic.onedrive.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which URL may be used for what. Links that Graph gives are opaque, but where they lead is checked
 * before anything is sent:
 *
 * <ul>
 *   <li>the bearer token goes to the origin (scheme, host and port) of the configured Graph URL and
 *       to no other;
 *   <li>content is fetched by {@code https}; by {@code http} only from this machine, and only while
 *       the configured Graph is on this machine too, as a simulator is.
 * </ul>
 *
 * Immutable, thread-safe. What cannot be parsed strictly is not trusted, so that no other parser
 * can see another host in it.
 */
public final class TrustedHosts {
  private final String graphOrigin;
  private final boolean loopbackMode;

  /** The rule that follows from the configured Graph URL. */
  public TrustedHosts(URI graphUrl) {
    this.graphOrigin =
        origin(graphUrl)
            .orElseThrow(() -> new IllegalArgumentException("not an absolute http(s) URL"));
    this.loopbackMode = Loopback.isHostOf(graphUrl);
  }

  /** Whether a request that carries the bearer token may go there. */
  public boolean mayCarryToken(String url) {
    return parse(url).flatMap(TrustedHosts::origin).filter(graphOrigin::equals).isPresent();
  }

  /** Whether content may be fetched from there, without a token. */
  public boolean mayDownload(String url) {
    return parse(url).filter(uri -> origin(uri).isPresent() && isSafe(uri)).isPresent();
  }

  /**
   * What may be said of a URL that was refused: its scheme, host and port, never the path or query,
   * which can be secret.
   */
  public static String describe(String url) {
    return parse(url).flatMap(TrustedHosts::origin).orElse("a URL that cannot be parsed");
  }

  /** Whether the connection cannot be overheard: encrypted, or inside this machine. */
  boolean isSafe(URI uri) {
    return uri.getScheme().equalsIgnoreCase("https") || loopbackMode && Loopback.isHostOf(uri);
  }

  private static Optional<URI> parse(String url) {
    try {
      return url == null ? Optional.empty() : Optional.of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** {@code scheme://host:port}, in lower case and with the port spelt out. */
  private static Optional<String> origin(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return Optional.empty();
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int defaultPort =
        switch (scheme) {
          case "https" -> 443;
          case "http" -> 80;
          default -> -1;
        };
    if (defaultPort < 0) {
      return Optional.empty();
    }
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port);
  }
}
