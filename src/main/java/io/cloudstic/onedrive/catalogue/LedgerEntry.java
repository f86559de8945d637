package io.cloudstic.onedrive.catalogue;

import java.time.Instant;

/**
 * An item that could not be read, and is tried first next time.
 *
 * @param itemId as received
 * @param path relative to the scope, when it was last known; for people
 * @param reason why, without secrets
 * @param permanent whether trying again is not expected to help
 * @param attempts runs that tried
 * @param firstFailed the time of the first
 */
public record LedgerEntry(
    String itemId,
    String path,
    String reason,
    boolean permanent,
    int attempts,
    Instant firstFailed) {}
