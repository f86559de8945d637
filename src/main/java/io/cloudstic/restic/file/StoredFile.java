package io.cloudstic.restic.file;

import io.cloudstic.restic.Id;
import java.time.Instant;

/**
 * One file of a listing.
 *
 * @param id its name
 * @param size its stored length in bytes
 * @param modified when it was stored, by the store's own clock; null when the store does not say
 */
public record StoredFile(Id id, long size, Instant modified) {}
