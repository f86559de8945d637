/**
 * Packs: files of many sealed blobs.
 *
 * <p>A pack is the envelopes of its blobs one after another, then an envelope of the
 * <em>header</em> (type, lengths and id of each blob, in order), then the length of that envelope
 * in four bytes. A <em>packed blob</em> is a blob together with its place in a pack.
 */
package io.cloudstic.restic.pack;
