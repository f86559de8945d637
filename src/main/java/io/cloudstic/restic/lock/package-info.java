/**
 * Locks, which keep programs of the restic family out of one another's way.
 *
 * <p>A <em>shared</em> lock is held by whoever reads or adds, an <em>exclusive</em> one by whoever
 * deletes; exclusive locks exclude all others. A <em>brief</em> one is exclusive for a moment only:
 * others wait for it. A shared lock can <em>tighten</em> to an exclusive one. A lock is a file,
 * <em>refreshed</em> by replacing it every few minutes. It is <em>stale</em> when nobody can be
 * holding it any more; a stale lock still blocks until somebody <em>unlocks</em>.
 */
package io.cloudstic.restic.lock;
