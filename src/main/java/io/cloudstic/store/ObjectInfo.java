package io.cloudstic.store;

import java.time.Instant;

/**
 * One object of a listing.
 *
 * @param key the object's key
 * @param size its length in bytes
 * @param modified when it was stored, by the store's own clock; null when the store does not say
 */
public record ObjectInfo(String key, long size, Instant modified) {
  /** An object of which nobody says when it was stored. */
  public ObjectInfo(String key, long size) {
    this(key, size, null);
  }
}
