/**
 * A repository as a whole: making one, opening it with a password, and reading what it holds.
 *
 * <p>The <em>config</em> says the format version, the repository's id and the chunker's polynomial.
 * The <em>key ring</em> is the set of key files; any of their passwords opens the repository.
 * Whoever reads lists snapshots first and loads the index then; whoever writes makes packs, index
 * and snapshot durable in that order.
 */
package io.cloudstic.restic.repository;
