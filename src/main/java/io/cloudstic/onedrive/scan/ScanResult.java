package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.Lineage;
import java.util.List;
import java.util.Map;

/**
 * What a scan found out.
 *
 * @param full whether the drive was enumerated in full; else only its changes
 * @param lineage for the new snapshot
 * @param nothingChanged whether the parent snapshot's tree is still right as it is
 * @param seen items that the listing brought
 * @param removed items that are gone from the drive, known or in a snapshot before
 * @param leftOut what is not in the snapshot, by name, at most a thousand
 * @param leftOutCounts how many of each reason
 * @param failures how many items are in the ledger
 * @param warnings for people
 * @param alarm what people must not overlook; null when there is nothing
 * @param reconciled what the feeds had missed; null unless that was looked into
 */
public record ScanResult(
    boolean full,
    Lineage lineage,
    boolean nothingChanged,
    long seen,
    long removed,
    List<LeftOut> leftOut,
    Map<LeftOut.Reason, Long> leftOutCounts,
    long failures,
    List<String> warnings,
    String alarm,
    Reconciled reconciled) {}
