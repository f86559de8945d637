package io.cloudstic.onedrive.catalogue;

import java.time.Instant;
import java.util.List;

/**
 * What a snapshot says of the drive that it was made of, in its extra field {@link #FIELD}: enough
 * for the next run to go on from there.
 *
 * @param sourceType {@code onedrive} or {@code onedrive-changes}; both share one lineage
 * @param accountId object id of the account
 * @param driveId as received
 * @param driveType {@code personal}, {@code business} or {@code documentLibrary}
 * @param rootId item id of the drive's root, as received
 * @param scope the folder that was backed up, {@code /} for all
 * @param scopeId item id of that folder
 * @param deltaLink where the next feed begins, or null
 * @param query fingerprint of the query that the link belongs to
 * @param rules fingerprint of scope and patterns
 * @param patterned whether there were exclude patterns
 * @param lastFull when the drive was last enumerated in full; null when unknown
 * @param ledger what could not be read, at most {@link #MAX_LEDGER}
 * @param shortcuts those that were followed, at most {@link #MAX_SHORTCUTS}
 * @param ledgerTotal how many could not be read, listed or not
 */
public record Lineage(
    String sourceType,
    String accountId,
    String driveId,
    String driveType,
    String rootId,
    String scope,
    String scopeId,
    String deltaLink,
    String query,
    String rules,
    boolean patterned,
    Instant lastFull,
    List<LedgerEntry> ledger,
    long ledgerTotal,
    List<Shortcuts.Shortcut> shortcuts) {
  /** Shortcuts in a snapshot; what is behind others is fetched again when the cache is lost. */
  public static final int MAX_SHORTCUTS = 1000;

  /** The extra field of a snapshot. */
  public static final String FIELD = "cloudstic";

  /** Ledger entries in a snapshot; where there are more, the next run enumerates in full. */
  public static final int MAX_LEDGER = 1000;

  /** Whether the snapshot names everything that a catalogue would. */
  boolean complete() {
    return !patterned && scope.equals("/") && ledgerTotal == ledger.size();
  }
}
