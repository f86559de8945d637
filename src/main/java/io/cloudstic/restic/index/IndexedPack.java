package io.cloudstic.restic.index;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.List;

/**
 * A pack as an index lists it.
 *
 * @param id the pack
 * @param blobs all of its blobs, in any order
 */
public record IndexedPack(Id id, List<PackedBlob> blobs) {}
