package io.cloudstic.onedrive.catalogue;

import java.time.Instant;

/**
 * What the catalogue knows of the drive as a whole; texts are null where nothing is known.
 *
 * @param snapshot hex id of the snapshot that the catalogue belongs to
 * @param accountId whose sign-in it was
 * @param driveKey the drive
 * @param rootKey key of the drive's root
 * @param rootId the root as received
 * @param scopeKey key of the folder that is backed up
 * @param scopeId that folder as received
 * @param deltaLink where the next feed begins
 * @param query fingerprint of the query that the link belongs to
 * @param rules fingerprint of the rules
 * @param lastFull the last full enumeration
 * @param wholeDrive whether every folder of the drive is known, in the scope or not
 */
public record CatalogueState(
    String snapshot,
    String accountId,
    String driveKey,
    String rootKey,
    String rootId,
    String scopeKey,
    String scopeId,
    String deltaLink,
    String query,
    String rules,
    Instant lastFull,
    boolean wholeDrive) {
  /** Nothing known. */
  public static final CatalogueState EMPTY =
      new CatalogueState(null, null, null, null, null, null, null, null, null, null, null, false);
}
