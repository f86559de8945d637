package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.Id;
import java.time.Duration;

/**
 * What a run wants to know.
 *
 * @param sourceType {@code onedrive} (a walk) or {@code onedrive-changes} (the delta feed)
 * @param account whose sign-in this is
 * @param drive the drive
 * @param rules scope and patterns
 * @param full whether to enumerate in full even where a feed could be continued
 * @param reconcileAfter the age from which a full enumeration is due, since Graph loses tombstones
 * @param parent the parent snapshot, or null
 * @param follow whether shortcuts to other drives are followed
 * @param contentKnown whether nothing can have left the repository since the catalogue was made, so
 *     that its content need not be looked up, blob by blob
 */
public record ScanRequest(
    String sourceType,
    Account account,
    Drive drive,
    Rules rules,
    boolean full,
    Duration reconcileAfter,
    Id parent,
    boolean follow,
    boolean contentKnown) {
  /** The source type that continues the delta feed. */
  public static final String CHANGES = "onedrive-changes";

  /** The source type that walks through all folders. */
  public static final String WALK = "onedrive";

  /** A full enumeration is reconciled this often by default. */
  public static final Duration RECONCILE_AFTER = Duration.ofDays(30);
}
