package io.cloudstic.restic.camel;

import io.cloudstic.restic.chunk.Chunk;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/**
 * The id of the chunk in the body, as an expression: what {@code ${body.id}} says, without the
 * reflection, which costs a run of many small files a twentieth of its time.
 */
public final class BlobId extends ExpressionAdapter {
  @Override
  public Object evaluate(Exchange exchange) {
    return exchange.getMessage().getBody(Chunk.class).id().hex();
  }

  @Override
  public String toString() {
    return "blobId";
  }
}
