package io.cloudstic.restic.write;

/**
 * What a writer has added so far, in the terms of restic's summary.
 *
 * @param dataBlobs new data blobs
 * @param treeBlobs new tree blobs
 * @param dataAdded their plain bytes
 * @param dataAddedPacked their bytes in packs
 */
public record WriteTotals(long dataBlobs, long treeBlobs, long dataAdded, long dataAddedPacked) {}
