package io.cloudstic.restic.camel;

import java.util.function.Function;
import org.apache.camel.Producer;

/** What an endpoint does: the path of its URI. */
public enum ResticOperation {
  /** Body: the stream of a file; answers with its chunks, to be split. */
  chunk(ChunkProducer::new),

  /** Body: a chunk that the repository does not have; answers with the sealed blob. */
  seal(SealProducer::new),

  /** Body: a sealed blob; puts it into a pack and leaves it in the body. */
  pack(PackProducer::new),

  /** After the split: answers with the list of blobs that the file consists of. */
  content(ContentProducer::new),

  /** Body: a backup request; opens the repository and begins a session. */
  open(OpenProducer::new),

  /** Answers with the changed files of the plain directory that the session is about. */
  walk(WalkProducer::new),

  /** The file of the message is done: stored when the body is its content, else left out. */
  stored(StoredProducer::new),

  /** The file of the message could not be read. */
  failed(FailedProducer::new),

  /** Makes the snapshot; answers with the summary of the run. */
  commit(CommitProducer::new),

  /** Ends the session, however the run went. */
  close(CloseProducer::new);

  private final Function<ResticEndpoint, Producer> maker;

  ResticOperation(Function<ResticEndpoint, Producer> maker) {
    this.maker = maker;
  }

  Producer producer(ResticEndpoint endpoint) {
    return maker.apply(endpoint);
  }
}
