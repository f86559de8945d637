package io.cloudstic.cli;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.RouteFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the environment and {@code application.properties} say. A flag comes before either, a
 * default after both; an empty variable counts as unset. Immutable.
 */
final class Settings {
  /** The key in {@code application.properties} that stands for a variable which is not set. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("CLOUDSTIC_SOURCE", "cloudstic.source"),
          Map.entry("CLOUDSTIC_STORE", "cloudstic.store"),
          Map.entry("CLOUDSTIC_CACHE_DIR", "cloudstic.cache-dir"),
          Map.entry("CLOUDSTIC_ROUTES_DIR", "cloudstic.routes-dir"),
          Map.entry("CLOUDSTIC_S3_ENDPOINT", "cloudstic.s3.endpoint"),
          Map.entry("CLOUDSTIC_S3_REGION", "cloudstic.s3.region"),
          Map.entry("CLOUDSTIC_S3_PROFILE", "cloudstic.s3.profile"),
          Map.entry("CLOUDSTIC_CLOUD", "cloudstic.cloud"),
          Map.entry("CLOUDSTIC_GRAPH_URL", "cloudstic.graph-url"),
          Map.entry("CLOUDSTIC_AUTHORITY_URL", "cloudstic.authority-url"),
          Map.entry("ONEDRIVE_TOKEN_FILE", "onedrive.token-file"));

  private final Map<String, String> environment;
  private final Properties properties;
  private final Path home;

  private Settings(Map<String, String> environment, Properties properties, Path home) {
    this.environment = environment;
    this.properties = properties;
    this.home = home;
  }

  /** The route files in use. */
  RouteFiles routes() {
    return RouteFiles.find(environment, home);
  }

  /** The settings of this process: its environment, and the properties beside the launcher. */
  static Settings load(Map<String, String> environment, Path configFlag) {
    String named = System.getProperty("cloudstic.home");
    Path home = named == null ? null : Path.of(named);
    Settings settings = new Settings(environment, new Properties(), home);
    Path configuration = settings.configDir(configFlag);
    Properties properties = ApplicationProperties.load(home, configuration);
    return new Settings(withProperties(environment, properties), properties, home);
  }

  /** The variables that are set, and the properties in place of those that are not. */
  private static Map<String, String> withProperties(
      Map<String, String> environment, Properties properties) {
    Map<String, String> all = new HashMap<>(environment);
    all.values().removeIf(String::isEmpty);
    KEYS.forEach(
        (variable, key) -> {
          String value = properties.getProperty(key, "").strip();
          if (!value.isEmpty()) {
            all.putIfAbsent(variable, value);
          }
        });
    return all;
  }

  /** The variable's value, else that of the property which stands for it, unless both are empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The property's value, unless it is unset or blank. */
  Optional<String> property(String key) {
    return Optional.ofNullable(properties.getProperty(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A copy of the environment, for code that reads its own variables. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** All of {@code application.properties}. */
  Properties properties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /** Where the user's configuration is kept. */
  Path configDir(Path flag) {
    return directory(
        flag,
        "CLOUDSTIC_CONFIG_DIR",
        "XDG_CONFIG_HOME",
        ".config",
        "Application Support",
        "APPDATA");
  }

  /** Where the cache is kept. */
  Path cacheDir(Path flag) {
    return directory(
        flag, "CLOUDSTIC_CACHE_DIR", "XDG_CACHE_HOME", ".cache", "Caches", "LOCALAPPDATA");
  }

  private Path directory(
      Path flag, String own, String xdg, String unixName, String macName, String windowsVariable) {
    if (flag != null) {
      return flag;
    }
    Optional<String> named = variable(own);
    if (named.isPresent()) {
      return Path.of(named.get());
    }
    String home = variable("HOME").orElse(System.getProperty("user.home"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    Path base;
    if (system.startsWith("mac")) {
      base = Path.of(home, "Library", macName);
    } else if (system.startsWith("windows")) {
      base = Path.of(variable(windowsVariable).orElse(home));
    } else {
      base = variable(xdg).map(Path::of).orElse(Path.of(home, unixName));
    }
    return base.resolve("cloudstic");
  }
}
