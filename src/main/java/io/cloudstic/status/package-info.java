/**
 * How the backups of a repository are, for people and for monitoring.
 *
 * <p>A <em>source</em> is what snapshots of one host and the same paths are made of. It is
 * <em>overdue</em> when its newest snapshot is older than it should be. A <em>peek</em> counts what
 * a drive's change feed holds since that snapshot, and consumes nothing: the link stays good.
 */
package io.cloudstic.status;
