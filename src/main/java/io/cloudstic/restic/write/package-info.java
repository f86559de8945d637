/**
 * Writing blobs into a repository.
 *
 * <p>A blob is <em>claimed</em> by whoever will write it: the first to name an id that the
 * repository does not have. It is <em>sealed</em> (compressed, encrypted, and decoded again to see
 * that it can be), <em>packed</em> (appended to an open pack) and <em>stored</em> (its pack is
 * durable in the store). Only then is it in the index, and so known to this run and, once an index
 * file is written, to others. A claim that is given up although others relied on it is a <em>broken
 * promise</em>, which no flush lets pass. What a run writes is complete when {@link
 * io.cloudstic.restic.write.BlobWriter#flush} returns; a snapshot may refer to it then, not before.
 */
package io.cloudstic.restic.write;
