package io.cloudstic.simulator;

import io.cloudstic.simulator.graph.Quirk;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.Location;

/** Moods in which a link dies, or there is no feed at all. */
final class LinkScripts {
  private static final String DELTA = "^graph GET .*delta";

  private LinkScripts() {}

  /** The link of the first run answers 410 in the second. */
  static Script gone(String innerCode, Location location) {
    return Script.faults(
        (faults, runs) ->
            faults
                .on(DELTA)
                .when(() -> runs.reached(2))
                .once()
                .forGood()
                .then(new Effect.Gone(innerCode, location)));
  }

  /** A next link answers 410, in the first run and again in the second. */
  static Script goneMidway() {
    Effect gone = new Effect.Gone("resyncRequired", Location.NONE);
    return Script.quirk(Quirk.SMALL_PAGES)
        .and(
            Script.faults(
                (faults, runs) -> {
                  faults.on(DELTA).fromMatch(3).once().forGood().then(gone);
                  faults
                      .on(DELTA)
                      .when(() -> runs.reached(2))
                      .fromMatch(2)
                      .once()
                      .forGood()
                      .then(gone);
                }));
  }

  /** The link of the first run answers with an error, however often it is tried. */
  static Script dead(int status, String code) {
    return Script.faults(
        (faults, runs) ->
            faults
                .on(DELTA)
                .when(() -> runs.reached(2))
                .once()
                .forGood()
                .then(Effect.graphError(status, code, "This link has died.")));
  }

  /** Every feed is refused. */
  static Script noDelta(int status, String code) {
    return Script.faults(
        (faults, runs) ->
            faults.on(DELTA).then(Effect.graphError(status, code, "Delta is not supported here.")));
  }
}
