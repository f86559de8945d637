package io.cloudstic.restic.write;

import io.cloudstic.restic.Id;

/**
 * The outcome of saving a blob.
 *
 * @param id its name
 * @param isNew whether this call added it; otherwise the repository has it, or somebody else in
 *     this run is adding it
 */
public record SavedBlob(Id id, boolean isNew) {}
