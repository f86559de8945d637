package io.cloudstic.restic.pack;

import io.cloudstic.restic.Id;
import java.util.List;

/**
 * A pack that is ready to be stored.
 *
 * @param id the SHA-256 of the bytes, its name
 * @param bytes all of it; not copied
 * @param blobs what it holds, in order
 */
public record FinishedPack(Id id, byte[] bytes, List<PackedBlob> blobs) {}
