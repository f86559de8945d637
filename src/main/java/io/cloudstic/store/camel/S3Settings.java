package io.cloudstic.store.camel;

import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where an S3 bucket is and how it is spoken to. Credentials are not among it: they come from the
 * AWS SDK's default chain and never pass through configuration of ours.
 *
 * @param bucket its name
 * @param prefix what keys begin with: empty, or ending in {@code /}
 * @param endpoint the service, or empty for AWS
 * @param region the region, or empty for what the SDK finds
 * @param profile the profile of the shared AWS files, or empty for the default
 * @param pathStyle whether the bucket stands in the path rather than in the host name
 * @param checksumsWhenRequired whether the SDK's own checksums are left out, for services that do
 *     not know them; a put then carries Content-MD5
 * @param connections how many calls may be under way at once
 * @param connectTimeout how long a connection may take
 * @param idleTimeout how long a connection may be silent
 */
public record S3Settings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<String> profile,
    boolean pathStyle,
    boolean checksumsWhenRequired,
    int connections,
    Duration connectTimeout,
    Duration idleTimeout) {

  /**
   * Puts the store's name, the environment and {@code application.properties} together; an empty
   * value counts as unset.
   *
   * @param properties looks a key up; null where there is none
   * @throws UsageException when a value is not what its key needs
   */
  public static S3Settings of(
      StoreUri.S3 store, Map<String, String> environment, Function<String, String> properties) {
    Optional<URI> endpoint =
        store
            .endpoint()
            .or(() -> value(environment.get("CLOUDSTIC_S3_ENDPOINT")).map(S3Settings::origin));
    Optional<String> pathStyle = value(properties.apply("cloudstic.s3.path-style"));
    return new S3Settings(
        store.bucket(),
        store.prefix().isEmpty() ? "" : store.prefix() + "/",
        endpoint,
        store.region().or(() -> value(environment.get("CLOUDSTIC_S3_REGION"))),
        value(environment.get("CLOUDSTIC_S3_PROFILE")),
        pathStyle.map(Boolean::parseBoolean).orElse(endpoint.isPresent()),
        checksumsWhenRequired(properties, endpoint.isPresent()),
        number(properties, "cloudstic.s3.connections", 32),
        Duration.ofMillis(number(properties, "cloudstic.s3.connect-timeout", 10_000)),
        Duration.ofMillis(number(properties, "cloudstic.s3.idle-timeout", 60_000)));
  }

  private static boolean checksumsWhenRequired(
      Function<String, String> properties, boolean compatible) {
    String key = "cloudstic.s3.checksums";
    String text = value(properties.apply(key)).orElse("");
    return switch (text) {
      // Services other than AWS all know Content-MD5; not all know what the SDK sends today.
      case "" -> compatible;
      case "when-supported" -> false;
      case "when-required" -> true;
      default ->
          throw new UsageException(
              key + " is \"" + text + '"', "write when-supported or when-required");
    };
  }

  private static URI origin(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "https://" + text);
      boolean known = uri.getScheme().matches("(?i)https?");
      if (known && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new UsageException(
          "CLOUDSTIC_S3_ENDPOINT is not a URL: " + e.getReason(), "write https://HOST[:PORT]", e);
    }
    throw new UsageException(
        "CLOUDSTIC_S3_ENDPOINT is not a URL of a host", "write https://HOST[:PORT]");
  }

  private static int number(Function<String, String> properties, String key, int otherwise) {
    String text = value(properties.apply(key)).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text.trim());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(key + " is \"" + text + '"', "write a number above 0", e);
    }
    throw new UsageException(key + " is \"" + text + '"', "write a number above 0");
  }

  private static Optional<String> value(String text) {
    return Optional.ofNullable(text).map(String::trim).filter(value -> !value.isEmpty());
  }
}
