package io.cloudstic.onedrive.scan;

import java.time.Duration;

/**
 * The numbers that keep a scan from running, asking or remembering without end.
 *
 * @param restarts new enumerations in one run: links keep dying only when Graph is unwell
 * @param retries of one page that cannot be right, before the feed is given up
 * @param pause before such a retry
 * @param pagesPerPage how many times as many pages as expected a feed may have
 * @param idlePages pages of a feed that bring nothing new, one after another, on top of as many as
 *     brought something
 * @param confirmations single items asked for, because of a feed's contradictions
 * @param postponed download URLs kept for files whose place is not known yet
 * @param foldersInFlight folders listed at the same time
 * @param ledgerLookups ledger items asked for one by one; where there are more, all is enumerated
 */
public record ScanLimits(
    int restarts,
    int retries,
    Duration pause,
    int pagesPerPage,
    int idlePages,
    int confirmations,
    int postponed,
    int foldersInFlight,
    int ledgerLookups) {
  /** What the program runs with. */
  public static final ScanLimits DEFAULT =
      new ScanLimits(3, 2, Duration.ofSeconds(5), 10, 100, 50, 30_000, 6, 100);
}
