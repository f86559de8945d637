package io.cloudstic.restic.file;

import io.cloudstic.restic.Id;

/**
 * One file of a listing.
 *
 * @param id its name
 * @param size its stored length in bytes
 */
public record StoredFile(Id id, long size) {}
