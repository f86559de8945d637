package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.camel.OneDriveSteps;
import io.cloudstic.onedrive.client.GateSettings;
import io.cloudstic.onedrive.client.RetryRule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * How long a run waits for Microsoft, as set in {@code application.properties}.
 *
 * @param patience for a service that asks us to wait, without a single answer between
 * @param retryDelay before the second attempt at a failed call; doubles with each
 * @param idle for the next bytes of an answer
 */
record GraphTiming(Duration patience, Duration retryDelay, Duration idle) {

  /** What is set. */
  static GraphTiming of(Settings settings) {
    return new GraphTiming(
        duration(settings, "cloudstic.graph.patience", GateSettings.DEFAULT_PATIENCE),
        duration(settings, "cloudstic.graph.retry-delay", RetryRule.FIRST_PAUSE),
        duration(settings, "cloudstic.graph.idle-timeout", OneDriveSteps.IDLE));
  }

  private static Duration duration(Settings settings, String key, Duration otherwise) {
    String text = settings.property(key).map(String::strip).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      Duration duration =
          Duration.parse(text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT));
      if (duration.toMillis() > 0) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(key, text, e);
    }
    throw wrong(key, text, null);
  }

  private static UsageException wrong(String key, String text, Exception cause) {
    return new UsageException(
        "application.properties: " + key + "=" + text + " is not a duration",
        "write for example 6h, 90m or 0.5s",
        cause);
  }
}
