package io.cloudstic.store;

import io.cloudstic.failure.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a store as users write it: {@code local:PATH}, {@code s3:BUCKET[/PREFIX]}, or {@code
 * route:NAME}. What restic's users write is understood too: {@code s3:https://HOST/BUCKET/PREFIX},
 * {@code s3:HOST:PORT/BUCKET}, {@code s3:s3.amazonaws.com/BUCKET}, and a bare path.
 */
public sealed interface StoreUri {
  /** The variable that names the store. */
  String VARIABLE = "CLOUDSTIC_STORE";

  /** What is used when nothing names a store. */
  String DEFAULT = "local:./backup_store";

  /** The store as a user would write it; holds no secret. */
  String text();

  /** A directory. */
  record Local(Path path) implements StoreUri {
    @Override
    public String text() {
      return "local:" + path;
    }
  }

  /**
   * A bucket, or what is below a prefix in it.
   *
   * @param bucket its name
   * @param prefix empty, or segments joined by {@code /} without one at either end
   * @param endpoint the service, where the name says it
   * @param region the service's region, where the name says it
   */
  record S3(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region)
      implements StoreUri {
    @Override
    public String text() {
      String path = prefix.isEmpty() ? bucket : bucket + "/" + prefix;
      return "s3:" + endpoint.map(e -> e + "/" + path.replace("%", "%25")).orElse(path);
    }
  }

  /** A store of the user's own making: the routes {@code direct:NAME-put}, {@code -get}, …. */
  record Route(String name) implements StoreUri {
    @Override
    public String text() {
      return "route:" + name;
    }
  }

  /**
   * Reads a store's name.
   *
   * @throws UsageException when it is not one
   */
  static StoreUri parse(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    return switch (scheme) {
      case "local" -> local(rest, text);
      case "s3" -> S3Names.parse(rest, text);
      case "route" -> route(rest, text);
      default -> {
        if (looksLikePath(text)) {
          yield local(text, text);
        }
        throw wrong(text, "it begins with no kind of store");
      }
    };
  }

  /**
   * The store that the environment names: {@code CLOUDSTIC_STORE}, which is a store's name, or
   * {@code local} or {@code s3} with the rest in {@code CLOUDSTIC_STORE_PATH} and {@code
   * CLOUDSTIC_STORE_PREFIX}; empty when it is unset. An empty variable counts as unset.
   *
   * @throws UsageException when it is not a store's name
   */
  static Optional<StoreUri> fromEnvironment(Map<String, String> environment) {
    String store = environment.getOrDefault(VARIABLE, "");
    String path = environment.getOrDefault("CLOUDSTIC_STORE_PATH", "");
    String prefix = environment.getOrDefault("CLOUDSTIC_STORE_PREFIX", "");
    if (store.isEmpty()) {
      return Optional.empty();
    }
    if (store.equals("local")) {
      return Optional.of(parse(path.isEmpty() ? DEFAULT : "local:" + path));
    }
    if (store.equals("s3")) {
      if (path.isEmpty()) {
        throw new UsageException(
            "CLOUDSTIC_STORE is s3, but CLOUDSTIC_STORE_PATH does not name a bucket",
            "set CLOUDSTIC_STORE=s3:BUCKET[/PREFIX]");
      }
      return Optional.of(parse("s3:" + path + (prefix.isEmpty() ? "" : "/" + prefix)));
    }
    return Optional.of(parse(store));
  }

  private static StoreUri local(String path, String text) {
    if (path.isEmpty()) {
      throw wrong(text, "the directory is missing");
    }
    try {
      return new Local(Path.of(path));
    } catch (InvalidPathException e) {
      throw wrong(text, "not a path: " + e.getReason());
    }
  }

  private static StoreUri route(String name, String text) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw wrong(text, "a route's name has letters, digits, '.', '_' and '-' only");
    }
    return new Route(name);
  }

  private static boolean looksLikePath(String text) {
    return text.startsWith("/")
        || text.startsWith("./")
        || text.startsWith("../")
        || text.startsWith("\\")
        || text.matches("[A-Za-z]:[/\\\\].*");
  }

  private static UsageException wrong(String text, String why) {
    return new UsageException(
        "not a store: \"" + text + "\": " + why,
        "write local:PATH, s3:BUCKET[/PREFIX], s3:https://HOST/BUCKET[/PREFIX] or route:NAME");
  }

  /** The many ways to name a bucket. */
  final class S3Names {
    private static final Pattern AMAZON =
        Pattern.compile("s3(?:[.-]([a-z0-9-]+))?\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}");

    private S3Names() {}

    private static StoreUri parse(String rest, String text) {
      if (rest.startsWith("http://") || rest.startsWith("https://")) {
        int slash = rest.indexOf('/', rest.indexOf("//") + 2);
        if (slash < 0) {
          throw wrong(text, "the bucket is missing");
        }
        return onHost(rest.substring(0, slash), unescaped(rest.substring(slash + 1), text), text);
      }
      String path = rest.startsWith("//") ? rest.substring(2) : rest;
      int slash = path.indexOf('/');
      String first = slash < 0 ? path : path.substring(0, slash);
      String others = slash < 0 ? "" : path.substring(slash + 1);
      if (first.contains(":") || AMAZON.matcher(first).matches()) {
        return onHost("https://" + first, others, text);
      }
      return bucket(first, others, Optional.empty(), Optional.empty(), text);
    }

    /** In a URL, as restic reads it, {@code %20} is a space. */
    private static String unescaped(String path, String text) {
      try {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw wrong(text, "a % in a URL is written %25");
      }
    }

    private static StoreUri onHost(String origin, String path, String text) {
      URI endpoint;
      try {
        endpoint = new URI(origin);
      } catch (URISyntaxException e) {
        throw wrong(text, "not a host: " + e.getReason());
      }
      if (endpoint.getHost() == null || endpoint.getUserInfo() != null) {
        // The text may hold a password, so it is not repeated.
        throw wrong("s3:…", "not a host, or one with credentials in it");
      }
      int slash = path.indexOf('/');
      String bucket = slash < 0 ? path : path.substring(0, slash);
      String prefix = slash < 0 ? "" : path.substring(slash + 1);
      Matcher amazon = AMAZON.matcher(endpoint.getHost());
      return amazon.matches()
          ? bucket(bucket, prefix, Optional.empty(), Optional.ofNullable(amazon.group(1)), text)
          : bucket(bucket, prefix, Optional.of(endpoint), Optional.empty(), text);
    }

    private static StoreUri bucket(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        String text) {
      if (!BUCKET.matcher(bucket).matches()) {
        throw wrong(text, bucket.isEmpty() ? "the bucket is missing" : "not a bucket's name");
      }
      String trimmed = prefix.replaceAll("^/+|/+$", "");
      try {
        Keys.checkPrefix(trimmed.isEmpty() ? "" : trimmed + "/");
      } catch (IllegalArgumentException e) {
        throw wrong(text, "the prefix has an empty, '.' or '..' segment, or one of \\ : $");
      }
      return new S3(bucket, trimmed, endpoint, region);
    }
  }
}
