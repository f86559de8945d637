/**
 * The restic repository format, versions 1 (read) and 2 (read and written).
 *
 * <p>A <em>blob</em> is a chunk of file content (<em>data</em>) or one directory (<em>tree</em>),
 * named by the SHA-256 of its plain bytes. A <em>pack</em> is a file of sealed blobs; an
 * <em>index</em> says which pack holds which blob; a <em>snapshot</em> is a root tree with its
 * metadata. Every file of a repository but {@code config} is named by the SHA-256 of its stored
 * bytes. restic itself is the judge of what is written here.
 */
package io.cloudstic.restic;
