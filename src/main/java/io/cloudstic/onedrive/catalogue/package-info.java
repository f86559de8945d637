/**
 * Everything that is known of a drive's items, by id.
 *
 * <p>The <em>catalogue</em> is one SQLite file per repository, drive and scope. It is a cache: it
 * belongs to one <em>parent snapshot</em>, can be rebuilt from that snapshot's trees, and may be
 * deleted at any time. Each <em>catalogued item</em> has the metadata that Graph gave last and, for
 * a file, the <em>stored content</em>: the blobs that hold it. <em>Content facts</em> are what
 * Graph says that tells two contents apart; content whose facts are no longer those of its item is
 * <em>stale</em>. Items leave by <em>removals</em>; an item to which no chain of parents leads from
 * the root has no <em>placement</em>. The <em>stage</em> holds the entries of one feed until its
 * end. The <em>ledger</em> lists items that could not be read. What a single run <em>fetched</em>
 * is kept in a file of its own at once, so that an interrupted run continues where it was. <em>Item
 * facts</em> and <em>lineage</em> are what a snapshot carries of all this.
 */
package io.cloudstic.onedrive.catalogue;
