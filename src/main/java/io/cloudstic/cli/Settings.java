package io.cloudstic.cli;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.RouteFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the environment and {@code application.properties} say. A flag comes before either, a
 * default after both; an empty variable counts as unset. Immutable.
 */
final class Settings {
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
    return new Settings(environment, ApplicationProperties.load(home, configuration), home);
  }

  /** The variable's value, unless it is unset or empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The variable, else the property, unless both are unset or empty. */
  Optional<String> variableOrProperty(String name, String key) {
    return variable(name).or(() -> property(key));
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
