/**
 * Checking a repository: whether every snapshot could be restored.
 *
 * <p>A <em>finding</em> is one thing that is not as it should be: an <em>error</em> means that
 * something is lost or will be in the way, a <em>hint</em> that something could be better. Damage
 * never ends a check; it becomes findings, which go to a listener one by one. Only a store that
 * cannot be reached ends it.
 */
package io.cloudstic.verify;
