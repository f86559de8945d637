/**
 * What can go wrong, as types.
 *
 * <p>A <em>failure</em> names the thing, the reason and the next step, and knows the exit code that
 * scripts see. Two families matter: a <em>source problem</em> concerns one item and goes to the
 * ledger while the run goes on; a <em>store problem</em> ends the run.
 */
package io.cloudstic.failure;
