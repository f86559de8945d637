/**
 * The look-alike of the hosts that hold the bytes: another origin than Graph, which knows no bearer
 * tokens. A <em>ticket</em> is the secret part of a download URL; it names a file and ends at a
 * time. A request with a range gets a <em>slice</em> of the file.
 */
package io.cloudstic.simulator.storage;
