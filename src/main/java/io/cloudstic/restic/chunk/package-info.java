/**
 * Cutting file content into chunks whose borders follow the content.
 *
 * <p>A <em>chunk</em> is a piece of a file of 512 KiB to 8 MiB (the last one of a file may be
 * smaller); stored, it becomes a data blob. A <em>cut</em> is the place where one chunk ends,
 * chosen by a rolling <em>gear hash</em> over the bytes before it, so that an insertion moves only
 * the cuts near it. The <em>gear table</em> is the secret part of that hash. A <em>window</em> is
 * the buffer a stream is read into. Readers of a repository need none of this: any cuts are valid.
 */
package io.cloudstic.restic.chunk;
