package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.RetryAfter;
import java.time.Duration;
import java.util.Map;

/** Moods in which Microsoft asks for patience. Waits are short: it is their form that counts. */
final class ThrottleScripts {
  private static final String GRAPH = "^graph GET";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private ThrottleScripts() {}

  /** So many calls in a row are refused, all of them behind the same wall or the next. */
  static Script storm(int status, int times, RetryAfter form) {
    return Script.faults(
        (faults, runs) ->
            faults
                .on(GRAPH)
                .fromMatch(2)
                .times(times)
                .then(new Effect.Throttle(status, PAUSE, form))
                .on(GRAPH)
                .when(() -> runs.reached(2))
                .fromMatch(2)
                .once()
                .then(new Effect.Throttle(status, PAUSE, form)));
  }

  /** The server is busy, says nothing of a wait, and turns up again. */
  static Script busy() {
    return Script.faults(
        (faults, runs) ->
            faults
                .on(GRAPH)
                .fromMatch(2)
                .times(3)
                .then(Effect.graphError(503, "serviceNotAvailable", "Busy."))
                .on(GRAPH)
                .when(() -> runs.reached(2))
                .fromMatch(2)
                .times(2)
                .then(Effect.html(504)));
  }

  /** Few calls in a short time, told by {@code RateLimit} headers; each file costs a call. */
  static Script limits() {
    return ContentScripts.all(Trait.NO_DOWNLOAD_URL)
        .settings(
            options ->
                options.limits(new Limits(20, PAUSE.multipliedBy(2), 0, RetryAfter.SECONDS)));
  }

  /** The storage host is throttled, not Graph. */
  static Script storage() {
    Effect wait = new Effect.Answer(429, "text/html", "Too much", Map.of("Retry-After", "1"));
    return Script.faults(
        (faults, runs) -> {
          faults.on("^storage GET").fromMatch(2).times(2).then(wait);
          faults.on("^storage GET").when(() -> runs.reached(2)).once().then(wait);
        });
  }
}
