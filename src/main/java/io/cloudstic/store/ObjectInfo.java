package io.cloudstic.store;

/**
 * One object of a listing.
 *
 * @param key the object's key
 * @param size its length in bytes
 */
public record ObjectInfo(String key, long size) {}
