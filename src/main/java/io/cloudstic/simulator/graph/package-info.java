/**
 * The look-alike of Microsoft Graph's drive API.
 *
 * <p>A <em>feed</em> is what one delta enumeration will give, entry by entry, decided when it
 * begins; its <em>pages</em> are written when they are asked for. A <em>listing</em> is the same
 * for the children of a folder. A <em>view</em> is how true an entry is: the state of now, or an
 * older one that a later entry of the feed corrects. The <em>shape</em> says how unordered,
 * repeated and ragged feeds are. The <em>throttle</em> counts requests and resource units and puts
 * up the <em>fence</em>: the time in which every call is refused, and punished.
 */
package io.cloudstic.simulator.graph;
