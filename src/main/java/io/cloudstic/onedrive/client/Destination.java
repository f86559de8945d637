package io.cloudstic.onedrive.client;

import java.time.Instant;

/**
 * Where in a drive a file is put, and with what times.
 *
 * @param driveId the drive, as received
 * @param parentId the folder's id, as received
 * @param name the file's name, which OneDrive can hold
 * @param replace whether a file of that name gets the new content; otherwise it is an error
 * @param created the creation time to show, or null
 * @param modified the modification time to show, or null
 */
public record Destination(
    String driveId,
    String parentId,
    String name,
    boolean replace,
    Instant created,
    Instant modified) {}
