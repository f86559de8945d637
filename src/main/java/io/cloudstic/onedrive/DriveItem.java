package io.cloudstic.onedrive;

import java.time.Instant;

/**
 * One drive item as Graph reported it. Everything but {@code id} may be absent (null, or -1).
 *
 * @param id the item id as received
 * @param driveId {@code parentReference.driveId} as received
 * @param parentId {@code parentReference.id} as received; null for the root and for orphans
 * @param name exactly as received
 * @param kind what it is
 * @param deleted whether this is a tombstone
 * @param size bytes, or -1 when not given
 * @param created the client's creation time, else the server's
 * @param modified the client's modification time, else the server's
 * @param eTag as received, quotation marks included
 * @param cTag as received
 * @param hashes never null
 * @param mimeType of a file
 * @param childCount of a folder, or -1; untrue in deltas of personal drives
 * @param modifiedBy user principal name or display name of who changed it last
 * @param downloadUrl a secret: never logged, never stored
 * @param malware whether Graph flags it as infected
 * @param packageType such as {@code oneNote}
 * @param remoteDriveId where a {@link ItemKind#REMOTE} item points
 * @param remoteItemId where a {@link ItemKind#REMOTE} item points
 * @param specialFolder the well-known name of a special folder, such as {@code vault}
 */
public record DriveItem(
    String id,
    String driveId,
    String parentId,
    String name,
    ItemKind kind,
    boolean deleted,
    long size,
    Instant created,
    Instant modified,
    String eTag,
    String cTag,
    Hashes hashes,
    String mimeType,
    int childCount,
    String modifiedBy,
    String downloadUrl,
    boolean malware,
    String packageType,
    String remoteDriveId,
    String remoteItemId,
    String specialFolder) {

  /** Without the download URL, which is a secret. */
  @Override
  public String toString() {
    return (deleted ? "deleted " : "") + kind + " " + id + " " + name;
  }
}
