/**
 * The use case of making a snapshot.
 *
 * <p>A <em>source</em> is what is backed up; a <em>file entry</em> is one file of it whose content
 * has to be read now. A <em>session</em> is one run: an open repository under a lock, a writer, and
 * the source. The session's <em>trees</em> are built when every content is stored; the snapshot is
 * written last.
 */
package io.cloudstic.backup;
