package io.cloudstic.backup;

import java.time.Instant;

/**
 * One line of the ledger: a file that could not be read.
 *
 * @param itemId the drive's id of it, or null
 * @param path in the snapshot
 * @param reason a word or sentence for people
 * @param attempts runs that tried
 * @param firstFailed when the first of them was
 * @param stale whether the snapshot keeps an earlier version of it
 */
public record Failure(
    String itemId, String path, String reason, int attempts, Instant firstFailed, boolean stale) {}
