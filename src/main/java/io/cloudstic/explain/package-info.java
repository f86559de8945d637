/**
 * The use case of explaining why a path is in the backup or not.
 *
 * <p>A <em>series</em> is the snapshots of one drive and folder, or of one host and path; its
 * newest is what is explained. An <em>explanation</em> is put together from the trees, the ledger
 * and the patterns of its snapshots, and from the catalogue in the cache where there is one; nobody
 * is asked, and no file content is read.
 */
package io.cloudstic.explain;
