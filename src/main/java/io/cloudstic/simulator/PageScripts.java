package io.cloudstic.simulator;

import io.cloudstic.simulator.graph.Quirk;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.PageFault;

/** Moods in which pages of the feed are spoilt; pages are small, so that there are several. */
final class PageScripts {
  private static final String DELTA = "^graph GET .*delta";

  private PageScripts() {}

  /** A page of each feed, once and again a few pages later. */
  static Script sometimes(PageFault fault) {
    return small().and(spoiltNowAndThen(new Effect.Page(fault)));
  }

  /** Each page of each feed. */
  static Script always(PageFault fault) {
    return small()
        .and(Script.faults((faults, runs) -> faults.on(DELTA).then(new Effect.Page(fault))));
  }

  /** Each page of the first run. */
  static Script inFirstRun(PageFault fault) {
    return small()
        .and(
            Script.faults(
                (faults, runs) ->
                    faults.on(DELTA).when(() -> !runs.reached(2)).then(new Effect.Page(fault))));
  }

  static Script cutJson() {
    return small().and(spoiltNowAndThen(new Effect.Shorten(0.5)));
  }

  static Script cutConnection() {
    return small().and(spoiltNowAndThen(new Effect.Cut(200)));
  }

  static Script html() {
    return small().and(spoiltNowAndThen(Effect.html(200)));
  }

  private static Script small() {
    return Script.quirk(Quirk.SMALL_PAGES);
  }

  private static Script spoiltNowAndThen(Effect effect) {
    return Script.faults(
        (faults, runs) -> {
          faults.on(DELTA).fromMatch(2).once().then(effect);
          faults.on(DELTA).fromMatch(4).once().then(effect);
          faults.on(DELTA).when(() -> runs.reached(2)).once().then(effect);
        });
  }
}
