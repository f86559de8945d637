/**
 * Which pack holds which blob.
 *
 * <p>An <em>index file</em> lists packs, each with all of its blobs; the union of all index files
 * is the <em>index</em>. A blob may be in several packs: each place is a <em>location</em>, and any
 * of them will do.
 */
package io.cloudstic.restic.index;
