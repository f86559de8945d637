/**
 * Snapshots: what a backup leaves behind.
 *
 * <p>A <em>snapshot</em> names the tree of its root directory and says when, where and by whom it
 * was made; the <em>summary</em> counts what the run did. It is named by its file's SHA-256, and
 * people name it by {@code latest} or by any beginning of that name which fits no other.
 */
package io.cloudstic.restic.snapshot;
