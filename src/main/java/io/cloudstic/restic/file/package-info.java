/**
 * The files of a repository, one by one.
 *
 * <p>A <em>file kind</em> decides the directory. An <em>unpacked file</em> is a piece of JSON in
 * one envelope: index, snapshot or lock; from format version 2 on it is compressed with zstd. Every
 * file but the config is named by the SHA-256 of its stored bytes, and that is checked on every
 * read.
 */
package io.cloudstic.restic.file;
