/**
 * The use case of counting.
 *
 * <p>The <em>restore size</em> is what snapshots would take when restored; the <em>stored size</em>
 * is what their blobs take in the repository, each counted once.
 */
package io.cloudstic.stats;
