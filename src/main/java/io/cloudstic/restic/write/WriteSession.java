package io.cloudstic.restic.write;

import io.cloudstic.restic.chunk.FastCdc;

/**
 * What the stages of one run share: they find it on the message, so that several runs, into several
 * repositories, can be under way in one process.
 */
public interface WriteSession {
  /** Where blobs go. */
  BlobWriter writer();

  /** What cuts the run's files; it takes its buffers from the writer. */
  FastCdc chunker();
}
