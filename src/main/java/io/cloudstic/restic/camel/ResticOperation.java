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
  content(ContentProducer::new);

  private final Function<ResticEndpoint, Producer> maker;

  ResticOperation(Function<ResticEndpoint, Producer> maker) {
    this.maker = maker;
  }

  Producer producer(ResticEndpoint endpoint) {
    return maker.apply(endpoint);
  }
}
