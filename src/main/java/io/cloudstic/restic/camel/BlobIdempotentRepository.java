package io.cloudstic.restic.camel;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.write.BlobWriter;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The index of the repository as an idempotent repository of blob ids: a chunk that is stored, or
 * that somebody is storing, is a duplicate. Adding an id claims the blob; it counts as known to
 * everybody only once its pack is stored, and the writer's flush fails when a claim that others
 * relied on was not kept. Needs the exchange, since the index is that of its session.
 */
public final class BlobIdempotentRepository extends ServiceSupport implements IdempotentRepository {

  /** Claims the blob; false when it is known or claimed. */
  @Override
  public boolean add(Exchange exchange, String key) {
    return writer(exchange).claim(BlobType.DATA, Id.parse(key));
  }

  @Override
  public boolean contains(Exchange exchange, String key) {
    return writer(exchange).contains(BlobType.DATA, Id.parse(key));
  }

  /** Gives the claim up, unless the blob was packed before its exchange failed. */
  @Override
  public boolean remove(Exchange exchange, String key) {
    writer(exchange).unclaim(BlobType.DATA, Id.parse(key));
    return true;
  }

  /** Nothing to do: the stored pack confirms its blobs. */
  @Override
  public boolean confirm(Exchange exchange, String key) {
    return true;
  }

  /** Nothing to do: blobs are removed by prune only. */
  @Override
  public void clear() {}

  @Override
  public boolean add(String key) {
    throw withoutExchange();
  }

  @Override
  public boolean contains(String key) {
    throw withoutExchange();
  }

  @Override
  public boolean remove(String key) {
    throw withoutExchange();
  }

  @Override
  public boolean confirm(String key) {
    throw withoutExchange();
  }

  private static BlobWriter writer(Exchange exchange) {
    return Sessions.of(exchange).writer();
  }

  private static UnsupportedOperationException withoutExchange() {
    return new UnsupportedOperationException("blobs are known by session, which the exchange has");
  }
}
