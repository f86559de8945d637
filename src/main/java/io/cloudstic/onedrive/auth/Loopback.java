package io.cloudstic.onedrive.auth;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Which host names mean this machine: {@code localhost}, {@code 127.0.0.0/8} and {@code ::1}.
 * Decided by spelling alone: a look-up could be answered by somebody else.
 */
final class Loopback {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[(::1|(0{1,4}:){7}0{0,3}1)\\]");

  private Loopback() {}

  /** Whether the URI's host is this machine; IPv6 addresses in brackets, as URIs have them. */
  static boolean isHostOf(URI uri) {
    String host = uri.getHost();
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || IPV4.matcher(host).matches()
            || IPV6.matcher(host).matches());
  }
}
