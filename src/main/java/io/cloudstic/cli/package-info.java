/**
 * The command line: one small class per command, and what they share.
 *
 * <p>A <em>command</em> turns flags into a request for a use case and the outcome into text, JSON
 * and an exit code; it decides nothing else. Results go to stdout, everything else to stderr. The
 * class of a command is loaded only when it is the one that runs, so that short commands start
 * fast.
 */
package io.cloudstic.cli;
