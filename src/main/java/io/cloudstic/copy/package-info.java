/**
 * Copies snapshots from one repository to another, with all that they refer to.
 *
 * <p>A <em>copy</em> of a snapshot has the same tree and names the first form of it as {@code
 * original}; by that, and by what it says, it is recognised and not copied twice. <em>Wanted</em>
 * blobs are those that the chosen snapshots need and the destination lacks. What one repository
 * sealed the other cannot open: every blob is opened, verified and sealed anew.
 */
package io.cloudstic.copy;
