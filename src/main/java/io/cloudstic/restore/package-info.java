/**
 * Putting a snapshot, or a part of it, back: into a directory, into a ZIP file, or one file into a
 * stream.
 *
 * <p>The <em>selection</em> says which entries are wanted. A <em>target</em> is where they go; its
 * <em>local name</em> of an entry may differ from the name in the snapshot, where the target cannot
 * hold that or where it would lead elsewhere: names in a snapshot are hostile until proven
 * otherwise, and nothing is ever written outside the target. A <em>problem</em> concerns one entry
 * and is reported while the others go on; a failure of the store or of the whole target ends the
 * run.
 *
 * <p>A file comes into being as a <em>part</em> beside its place, and gets its name, times and mode
 * when it is whole. A part belongs to one run, which is under way as long as it holds the lock of
 * its <em>mark</em>. Files for a directory are restored in <em>batches</em>, in the order in which
 * their blobs lie in the packs; archives, streams and OneDrive take them one after another.
 */
package io.cloudstic.restore;
