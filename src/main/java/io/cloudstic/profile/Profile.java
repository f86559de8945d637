package io.cloudstic.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One profile. Immutable.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}
 * @param settings what it says, each with its values, of which there is at least one
 * @param retention what {@code forget} keeps: {@code last}, {@code daily}, {@code within} and the
 *     others, named as the flags without {@code keep-}
 */
public record Profile(
    String name, Map<Setting, List<String>> settings, Map<String, List<String>> retention) {
  /** The names of what can be kept. */
  public static final List<String> RETENTION =
      List.of(
          "last",
          "hourly",
          "daily",
          "weekly",
          "monthly",
          "yearly",
          "within",
          "within-hourly",
          "within-daily",
          "within-weekly",
          "within-monthly",
          "within-yearly",
          "tag",
          "oldest");

  /** The values of a setting; none when it is not said. */
  public List<String> values(Setting setting) {
    return settings.getOrDefault(setting, List.of());
  }

  /** The value of a setting that takes one. */
  public Optional<String> value(Setting setting) {
    return values(setting).stream().findFirst();
  }
}
