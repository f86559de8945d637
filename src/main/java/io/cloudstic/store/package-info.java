/**
 * Where the bytes of a repository live.
 *
 * <p>A <em>store</em> keeps <em>objects</em>: byte strings under <em>keys</em>. A key is a relative
 * path of one or more segments joined by {@code /}, such as {@code data/ab/ab12…}. The same
 * contract holds for a local directory, S3, and any route that a user writes.
 */
package io.cloudstic.store;
