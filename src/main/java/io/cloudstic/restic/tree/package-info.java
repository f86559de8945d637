/**
 * Directories of a snapshot.
 *
 * <p>A <em>tree</em> is one directory: its <em>nodes</em>, sorted by the raw bytes of their names.
 * A <em>node</em> is one entry: a file with the ids of its content blobs, a directory with the id
 * of its subtree, a symbolic link, or something else a Unix file system can hold. A tree is written
 * byte for byte as restic writes it, because {@code restic rewrite} refuses a tree that it would
 * encode otherwise; it is read as tolerantly as restic reads.
 */
package io.cloudstic.restic.tree;
