/**
 * Trying what a backup needs before it needs it.
 *
 * <p>An <em>examination</em> tries one thing and gives <em>findings</em>: what was tried, whether
 * it passed, and where it did not, the <em>remedy</em>. A failure is a finding, never the end.
 */
package io.cloudstic.doctor;
