package io.cloudstic.onedrive.client;

import java.time.Duration;

/**
 * The numbers of a {@link Gate}.
 *
 * @param service whom we wait for, in messages
 * @param firstPermits calls in flight at the beginning
 * @param mostPermits calls in flight at most
 * @param callsPerGrowth answers, for each permit, until there is one permit more; 0 to grow while
 *     it pays
 * @param firstPause the wait after a throttle that does not say how long
 * @param longestPause the longest wait of that kind; they double
 * @param pace the least distance between two calls while we remember a throttle
 * @param paceMemory for how long we remember a throttle
 * @param patience how long the service may keep us waiting without a single answer between
 */
public record GateSettings(
    String service,
    int firstPermits,
    int mostPermits,
    int callsPerGrowth,
    Duration firstPause,
    Duration longestPause,
    Duration pace,
    Duration paceMemory,
    Duration patience) {

  /** Property and default of {@link #patience}: a first backup may last for days. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofHours(6);

  /**
   * For Graph. The pace is the documented limit of 3,000 requests in 5 minutes for each user (Graph
   * documentation, "Microsoft Graph throttling guidance"); the limits change, so they only count
   * once the service has complained.
   */
  public static GateSettings graph(Duration patience) {
    return new GateSettings(
        "Microsoft Graph",
        4,
        16,
        8,
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofMillis(100),
        Duration.ofMinutes(5),
        patience);
  }

  /**
   * For the hosts that files come from. Their complaints are about bandwidth (509), which a short
   * pause does not mend.
   *
   * @param first downloads in flight at the beginning
   * @param most downloads in flight at most
   * @param adaptive whether to grow while it pays; else a throttle alone makes them fewer
   */
  private static GateSettings downloads(int first, int most, boolean adaptive, Duration patience) {
    return new GateSettings(
        "OneDrive's storage",
        first,
        most,
        adaptive ? 0 : 4,
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ZERO,
        Duration.ofMinutes(5),
        patience);
  }

  /** A service that gives this number of downloads at once, and fewer after a throttle. */
  public static GateSettings downloads(int concurrency, Duration patience) {
    return downloads(concurrency, concurrency, false, patience);
  }

  /** Downloads whose number adapts to what the line and the service bear. */
  public static GateSettings adaptiveDownloads(int most, Duration patience) {
    return downloads(Math.min(4, most), most, true, patience);
  }

  /** A new count of calls in flight. */
  Flow flow() {
    return callsPerGrowth == 0
        ? new AdaptiveFlow(firstPermits, mostPermits)
        : new SteadyFlow(firstPermits, mostPermits, callsPerGrowth);
  }
}
