package io.cloudstic.restore;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackWindows;
import io.cloudstic.restic.pack.PlainBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the content of files, every blob verified against its id. Blobs that lie one after another
 * in a pack are fetched together. Thread-safe.
 */
final class ContentReader {
  /**
   * What is asked for in one request; restic's longest chunk, and so about what one costs anyway.
   */
  private static final int LONGEST_RUN = 8 << 20;

  /** Takes the plain bytes of one blob after the other. */
  @FunctionalInterface
  interface Sink {
    /** The next blob. */
    void accept(byte[] plain) throws IOException;
  }

  private final Repository repository;
  private final PackWindows packs;
  private final Stop stop;

  ContentReader(Repository repository, Stop stop) {
    this.repository = repository;
    this.stop = stop;
    this.packs = new PackWindows(repository.store());
  }

  /**
   * Gives the blobs to the sink, in order.
   *
   * @throws IOException what the sink throws
   * @throws io.cloudstic.restic.RepositoryException when a blob is missing or damaged everywhere
   * @throws StoreException when the store fails
   * @throws io.cloudstic.failure.StoppedException when the run is stopped; asked for each blob
   */
  void read(List<Id> content, Sink sink) throws IOException {
    byte[] previous = null;
    for (int at = 0; at < content.size(); ) {
      stop.check();
      if (at > 0 && content.get(at).equals(content.get(at - 1))) {
        // Long stretches of zeros are one blob, many times.
        sink.accept(previous);
        at++;
        continue;
      }
      List<BlobLocation> run = run(content, at);
      byte[] sealed = fetch(run);
      int offset = 0;
      for (BlobLocation location : run) {
        stop.check();
        previous = decode(location, sealed, offset);
        sink.accept(previous);
        offset += (int) location.length();
      }
      if (run.isEmpty()) {
        previous = repository.loadBlob(BlobType.DATA, content.get(at));
        sink.accept(previous);
        at++;
      }
      at += run.size();
    }
  }

  /** The length of the plain blob, or -1 when no index knows it. */
  long plainLength(Id blob) {
    List<BlobLocation> locations = repository.index().lookup(BlobType.DATA, blob);
    return locations.isEmpty() ? -1 : locations.get(0).blob().plainLength();
  }

  /** The bytes of a stretch, in a buffer; null when they cannot be had together. */
  byte[] fetch(PackRead read, ReadBuffers buffers) {
    if (read.length() > LONGEST_RUN) {
      return null;
    }
    try {
      String key = FileKind.PACK.key(read.pack());
      byte[] sealed = buffers.sealed((int) read.length());
      repository.store().readRange(key, read.offset(), (int) read.length(), sealed);
      return sealed;
    } catch (StoreException e) {
      return null;
    }
  }

  /** Where the blobs from {@code at} on lie one after another; empty when the first is too long. */
  private List<BlobLocation> run(List<Id> content, int at) {
    List<BlobLocation> run = new ArrayList<>();
    long end = 0;
    long length = 0;
    for (int i = at; i < content.size(); i++) {
      List<BlobLocation> found = repository.index().lookup(BlobType.DATA, content.get(i));
      BlobLocation next = found.isEmpty() ? null : found.get(0);
      if (next == null || length + next.length() > LONGEST_RUN) {
        break;
      }
      if (!run.isEmpty() && !(next.pack().equals(run.get(0).pack()) && next.offset() == end)) {
        break;
      }
      run.add(next);
      end = next.offset() + next.length();
      length += next.length();
    }
    return run;
  }

  /** The envelopes of a run, or null: then the blobs are tried one by one, in all places. */
  private byte[] fetch(List<BlobLocation> run) {
    if (run.isEmpty()) {
      return null;
    }
    BlobLocation first = run.get(0);
    BlobLocation last = run.get(run.size() - 1);
    int length = (int) (last.offset() + last.length() - first.offset());
    try {
      return packs.read(first.pack(), first.offset(), length);
    } catch (StoreException e) {
      return null;
    }
  }

  /**
   * The plain bytes of a blob, from its envelope or, when that is null or damaged, from anywhere.
   * The envelope is destroyed, and the bytes are there until it or {@code scratch} is used again.
   *
   * @throws io.cloudstic.restic.RepositoryException when it is missing or damaged everywhere
   * @throws StoreException when the store fails
   */
  PlainBlob decodeInPlace(BlobLocation location, byte[] sealed, int offset, byte[] scratch) {
    if (sealed != null) {
      try {
        return new BlobDecoder(repository.envelope())
            .decodeInPlace(location.blob(), sealed, offset, scratch);
      } catch (AuthenticationException | IOException e) {
        // Another copy, or a second read, may be right.
        return PlainBlob.of(repository.loadBlob(BlobType.DATA, location.blob().id()));
      }
    }
    return PlainBlob.of(repository.loadBlob(BlobType.DATA, location.blob().id()));
  }

  /**
   * The plain bytes of a blob, from its envelope or, when that is null or damaged, from anywhere.
   *
   * @throws io.cloudstic.restic.RepositoryException when it is missing or damaged everywhere
   * @throws StoreException when the store fails
   */
  byte[] decode(BlobLocation location, byte[] sealed, int offset) {
    if (sealed != null) {
      try {
        return new BlobDecoder(repository.envelope()).decode(location.blob(), sealed, offset);
      } catch (AuthenticationException | IOException e) {
        // Another copy, or a second read, may be right.
        return repository.loadBlob(BlobType.DATA, location.blob().id());
      }
    }
    return repository.loadBlob(BlobType.DATA, location.blob().id());
  }
}
