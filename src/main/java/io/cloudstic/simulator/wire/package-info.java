/**
 * How the simulator speaks HTTP.
 *
 * <p>An <em>origin</em> is one listening socket on a loopback address; behind it a <em>site</em>
 * gives a <em>reply</em> to each <em>call</em>. The <em>fault plan</em> decides which calls meet an
 * <em>effect</em>: some spoil the way of the bytes and are applied by the origin, others change
 * what the site says. <em>Statistics</em> count what a test wants to assert. <em>Seals</em> are
 * opaque texts that only the simulator can read: tokens and links carry their state in them, so
 * that the simulator remembers nothing about them.
 */
package io.cloudstic.simulator.wire;
