package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.URISupport;

/**
 * The options of endpoints such as {@code http:}, where Camel takes whatever is no option of theirs
 * for a parameter of the URL, so that a misspelt one would set nothing and be sent to the host.
 *
 * <p>Refused is what differs from an option by two letters at most, and everything unknown where
 * there is no host to send it to: {@code https://graph} is a name for what a header says.
 */
final class UrlOptions {
  private static final int MISSPELT = 2;

  private final CamelContext context;

  UrlOptions(CamelContext context) {
    this.context = context;
  }

  /**
   * Returns when every option of the endpoint is known, or may be meant for its host.
   *
   * @param where tells file and line of an option, for the message
   * @throws UsageException when it is not so
   */
  void check(String uri, Function<String, Place> where) {
    String scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
    EndpointUriFactory known = context.getCamelContextExtension().getEndpointUriFactory(scheme);
    if (known == null || !known.isLenientProperties()) {
      return;
    }
    for (String option : options(uri)) {
      if (known.propertyNames().contains(option) || hasPrefix(option, known)) {
        continue;
      }
      Optional<String> meant = closest(option, known.propertyNames());
      if (meant.isPresent() || !hasRealHost(uri)) {
        throw new UsageException(
            where.apply(option) + ": the component " + scheme + " has no option " + option,
            meant.map(name -> "write " + name + "; ").orElse("remove it; ")
                + "what is meant for the host goes into the header CamelHttpQuery");
      }
    }
  }

  private static Set<String> options(String uri) {
    try {
      return URISupport.parseParameters(URISupport.normalizeUriAsURI(uri)).keySet();
    } catch (URISyntaxException e) {
      // Camel says so when it makes the endpoint.
      return Set.of();
    }
  }

  private static boolean hasPrefix(String option, EndpointUriFactory known) {
    return known.multiValuePrefixes().values().stream().anyMatch(option::startsWith);
  }

  private static Optional<String> closest(String option, Set<String> names) {
    return names.stream()
        .filter(name -> name.length() > 2 * MISSPELT)
        .filter(name -> distance(name, option) <= MISSPELT)
        .min(Comparator.comparingInt(name -> distance(name, option)));
  }

  /** How many letters must be added, left out or exchanged (V. I. Levenshtein), in any case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] above = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }

  private static boolean hasRealHost(String uri) {
    String host = uri.replaceFirst("^[^:]*:/*", "").replaceFirst("[/?].*", "");
    return host.contains(".") || host.contains(":") || host.equals("localhost");
  }
}
