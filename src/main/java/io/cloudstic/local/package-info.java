/**
 * A plain directory as a source.
 *
 * <p>An <em>item</em> is whatever has a name in a directory: file, directory, symbolic link, pipe,
 * socket or device, with the metadata that restic records for it. A <em>walk</em> visits every item
 * once, depth first, names in byte order, and never follows a link. A <em>problem</em> is an item
 * that could not be read; the walk goes on without it.
 */
package io.cloudstic.local;
