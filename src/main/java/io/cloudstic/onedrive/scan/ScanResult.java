package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.Lineage;
import java.util.List;

/**
 * What a scan found out.
 *
 * @param full whether the drive was enumerated in full; else only its changes
 * @param lineage for the new snapshot
 * @param nothingChanged whether the parent snapshot's tree is still right as it is
 * @param leftOut what is not in the snapshot, by name, at most a thousand; a warning counts the
 *     rest
 * @param failures how many items are in the ledger
 * @param warnings for people
 * @param alarm what people must not overlook; null when there is nothing
 * @param reconciled what the feeds had missed; null unless that was looked into
 */
public record ScanResult(
    boolean full,
    Lineage lineage,
    boolean nothingChanged,
    List<LeftOut> leftOut,
    long failures,
    List<String> warnings,
    String alarm,
    Reconciled reconciled) {}
