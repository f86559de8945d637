/**
 * Looks across snapshots: what differs between two, where something is in all of them, and what
 * became of one file.
 *
 * <p>A <em>pair</em> is what two snapshots hold at one place; a <em>change</em> is a pair whose
 * sides differ, told with restic's <em>modifier</em>. An <em>item id</em> is what OneDrive calls a
 * file through all its names; where both sides carry it a <em>move</em> is told from leaving and
 * coming. A <em>match</em> is an entry that a search finds, a <em>version</em> what a snapshot
 * holds of one file, an <em>event</em> what happened to it between two snapshots.
 *
 * <p>Equal trees have equal ids: what two snapshots share is compared by its id alone.
 */
package io.cloudstic.history;
