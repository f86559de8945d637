package io.cloudstic.onedrive.scan;

/**
 * What a complete enumeration found that the change feeds before it had missed: the feed was read
 * up to now first, and then everything was compared.
 *
 * @param added items that no feed had told of
 * @param changed items with another name, place or other metadata than known
 * @param removed items whose deletion no feed had told
 */
public record Reconciled(long added, long changed, long removed) {}
