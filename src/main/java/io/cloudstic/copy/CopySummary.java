package io.cloudstic.copy;

/**
 * What a copy did.
 *
 * @param copied snapshots that are new in the destination
 * @param skipped snapshots that were there
 * @param damaged snapshots that could not be copied
 * @param dataBlobs chunks of files that were added
 * @param treeBlobs directories that were added
 * @param bytes what was added, before compression
 * @param storedBytes the same as it is stored
 */
public record CopySummary(
    int copied,
    int skipped,
    int damaged,
    long dataBlobs,
    long treeBlobs,
    long bytes,
    long storedBytes) {}
