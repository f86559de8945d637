package io.cloudstic.simulator.graph;

import java.time.Clock;
import java.time.Duration;

/**
 * How Graph behaves.
 *
 * @param url as clients know it, ending in {@code /v1.0}
 * @param profile whose account it is
 * @param shape of feeds and listings
 * @param limits before it throttles
 * @param deltaTokenLife after which a delta link answers 410
 * @param seed decides what looks random
 */
public record GraphSettings(
    String url,
    Profile profile,
    FeedShape shape,
    Limits limits,
    Duration deltaTokenLife,
    long seed,
    Clock clock) {}
