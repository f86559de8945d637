/**
 * Which items of a drive belong in a backup.
 *
 * <p>The <em>scope</em> is the folder whose contents are backed up, the drive's root by default. A
 * <em>pattern</em> is a line of gitignore, relative to the scope; what matches is
 * <em>excluded</em>, a folder with everything below it. Both are path rules: they are applied to
 * what is known by id, never while it is learnt, so that an item which moves, or a pattern which
 * changes, costs no download.
 */
package io.cloudstic.onedrive.rules;
