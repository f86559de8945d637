/**
 * Finds out what a drive holds now, and which content has to be fetched.
 *
 * <p>A <em>scan</em> brings the catalogue up to date: by the <em>delta</em> feed, or by a
 * <em>walk</em> through all folders. While it lists, it hands out <em>drive files</em> whose
 * content is wanted, and is told what came of each. At the end of a feed all of it is applied at
 * once, and what a feed is known to leave untold (children of new folders, lost tombstones, items
 * without a place) is asked for. Then the catalogue tells what the next snapshot holds.
 */
package io.cloudstic.onedrive.scan;
