package io.cloudstic.cli;

import io.cloudstic.onedrive.camel.OneDriveSteps;
import io.cloudstic.onedrive.client.GateSettings;
import io.cloudstic.onedrive.client.RetryRule;
import java.time.Duration;

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
        DurationSetting.positive(
            settings, "cloudstic.graph.patience", GateSettings.DEFAULT_PATIENCE),
        DurationSetting.positive(settings, "cloudstic.graph.retry-delay", RetryRule.FIRST_PAUSE),
        DurationSetting.positive(settings, "cloudstic.graph.idle-timeout", OneDriveSteps.IDLE));
  }
}
