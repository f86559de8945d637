package io.cloudstic.restic.write;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.BufferPool;
import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.FinishedPack;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds blobs to a repository: claim, seal, pack, in this order, as single steps or all at once with
 * {@link #save}. Any number of threads may call at the same time, but for {@link #flush} and {@link
 * #close}, which come when all others have returned.
 *
 * <p>Durability: nothing is promised before {@link #flush} returns; then every pack and an index of
 * it is in the store. Packs are stored as they fill, and index files written every two minutes or
 * 50,000 blobs, so that a run that is killed leaves most of its work to the next one. A blob enters
 * the index in memory only once its pack is stored.
 *
 * <p>Memory, with packs of 16 MiB, two processors and chunks of about 1 MiB: two open data packs of
 * 18 MiB, two on their way of 17 MiB, for each sealer three buffers of 2 MiB and 4 MiB inside zstd,
 * and small tree packs: about 95 MiB, besides what the callers hold, which is two buffers of 2 MiB
 * (8 MiB at worst) for each file that is being read. Idle buffers are kept up to 32 MiB.
 *
 * <p>Failures: once a pack cannot be stored, every call throws that failure.
 */
public final class BlobWriter implements AutoCloseable {
  /** Idle buffers that are kept: those of a few files and sealers. */
  private static final long IDLE_BUFFERS = 32L << 20;

  private final BlobIndex index;
  private final BufferPool buffers = new BufferPool(IDLE_BUFFERS);
  private final Claims claims = new Claims();
  private final SealerPool sealers;
  private final PackUploader uploader;
  private final PendingIndex pending;
  private final Map<BlobType, OpenPacks> packs = new EnumMap<>(BlobType.class);
  private final LongAdder dataBlobs = new LongAdder();
  private final LongAdder treeBlobs = new LongAdder();
  private final LongAdder dataAdded = new LongAdder();
  private final LongAdder dataAddedPacked = new LongAdder();

  /** A writer into an open repository, which knows what the repository's index knows. */
  public static BlobWriter into(Repository repository, WriteLimits limits) {
    return into(repository, repository.index(), limits, () -> {});
  }

  /**
   * The same for a holder of a lock that may be lost, or is not settled yet.
   *
   * @param permission asked before each pack and index file is stored; throws when nothing may be
   *     written any more
   */
  public static BlobWriter into(Repository repository, WriteLimits limits, Runnable permission) {
    return into(repository, repository.index(), limits, permission);
  }

  /**
   * A writer into an open repository that relies on some of its blobs only.
   *
   * @param index the blobs that are not written again; grows with every stored pack
   * @param permission as above
   */
  public static BlobWriter into(
      Repository repository, BlobIndex index, WriteLimits limits, Runnable permission) {
    return new BlobWriter(
        repository.store(),
        repository.key(),
        index,
        repository.files(),
        repository.environment().random(),
        repository.environment().clock(),
        limits,
        repository.config().allowsCompression(),
        permission);
  }

  /** A writer that compresses, as format version 2 allows. */
  public BlobWriter(
      ObjectStore store,
      MasterKey key,
      BlobIndex index,
      UnpackedFiles files,
      SecureRandom random,
      Clock clock,
      WriteLimits limits) {
    this(store, key, index, files, random, clock, limits, true, () -> {});
  }

  /**
   * A writer into an open repository.
   *
   * @param store where packs go
   * @param key what seals them
   * @param index what the repository has; grows with every stored pack
   * @param files writes the index files
   * @param random makes the IVs, and chooses between open packs
   * @param clock tells when an index file is due
   * @param compress whether the format version allows it
   * @param permission asked before each pack and index file is stored
   */
  private BlobWriter(
      ObjectStore store,
      MasterKey key,
      BlobIndex index,
      UnpackedFiles files,
      SecureRandom random,
      Clock clock,
      WriteLimits limits,
      boolean compress,
      Runnable permission) {
    this.index = index;
    this.sealers =
        new SealerPool(limits.sealers(), () -> new Sealer(key, random, buffers, compress));
    this.pending = new PendingIndex(files, clock, limits, permission);
    this.uploader = new PackUploader(store, limits.uploads(), permission, this::stored);
    for (BlobType type : BlobType.values()) {
      packs.put(
          type,
          new OpenPacks(
              type,
              limits,
              new Envelope(key, random),
              new Envelope(key, random),
              random,
              uploader));
    }
  }

  /** The buffers that chunks should come from, so that all memory is accounted for together. */
  public BufferPool buffers() {
    return buffers;
  }

  /**
   * Adds a blob unless it is there: hash, claim, seal and pack on the calling thread.
   *
   * @param length at least 1: nothing refers to an empty blob
   */
  public SavedBlob save(BlobType type, byte[] plain, int offset, int length) {
    Id id = Id.hash(plain, offset, length);
    if (!claim(type, id)) {
      return new SavedBlob(id, false);
    }
    boolean done = false;
    try {
      pack(sealers.seal(type, id, requireContent(plain, length), offset, length));
      done = true;
    } finally {
      if (!done) {
        unclaim(type, id);
      }
    }
    return new SavedBlob(id, true);
  }

  /**
   * Claims a blob for the caller, who then seals and packs it, or calls {@link #unclaim}.
   *
   * @return false when the repository has the blob, or somebody else claimed it: the caller may
   *     refer to it, and {@link #flush} will fail if the other does not deliver
   */
  public boolean claim(BlobType type, Id id) {
    uploader.check();
    if (!claims.claim(type, id)) {
      return false;
    }
    // Asked after the claim: a pack that was stored between the two would be missed otherwise.
    if (index.contains(type, id)) {
      claims.known(type, id);
      return false;
    }
    return true;
  }

  /** Whether a stored pack holds the blob, or a claim for it is in force. Does not claim it. */
  public boolean contains(BlobType type, Id id) {
    // Claims first: a blob leaves them only once it is in the index.
    return claims.contains(type, id) || index.contains(type, id);
  }

  /** Gives a claim up. Without effect when the blob was packed meanwhile, or never claimed. */
  public void unclaim(BlobType type, Id id) {
    claims.giveUp(type, id);
  }

  /**
   * Seals a claimed chunk and releases it.
   *
   * @throws io.cloudstic.restic.RepositoryException when the result does not decode to the chunk
   */
  public SealedBlob seal(Chunk chunk) {
    uploader.check();
    SealedBlob sealed =
        sealers.seal(
            BlobType.DATA,
            chunk.id(),
            requireContent(chunk.buffer(), chunk.length()),
            0,
            chunk.length());
    chunk.release();
    return sealed;
  }

  /** Puts a sealed blob into an open pack; may wait while full packs are on their way. */
  public void pack(SealedBlob blob) {
    uploader.check();
    // Before it is added: its pack may be stored before this call returns.
    claims.packed(blob.type(), blob.id());
    packs.get(blob.type()).add(blob);
    blob.release();
    (blob.type() == BlobType.DATA ? dataBlobs : treeBlobs).increment();
    dataAdded.add(blob.plainLength());
    dataAddedPacked.add(blob.length());
  }

  /**
   * Packs a blob as it lies in another pack of the same repository, unless this writer or its index
   * has it. Nothing binds a sealed blob to its pack, so it needs no key.
   *
   * @param blob what it is; its place is that in the other pack and does not matter here
   * @param sealed holds its envelope, which the caller has verified
   * @param offset where in {@code sealed} the envelope begins
   * @return whether it was added
   */
  public boolean copy(PackedBlob blob, byte[] sealed, int offset) {
    if (!claim(blob.type(), blob.id())) {
      return false;
    }
    int length = Math.toIntExact(blob.length());
    byte[] buffer = buffers.take(length);
    System.arraycopy(sealed, offset, buffer, 0, length);
    int plain = Math.toIntExact(blob.plainLength());
    pack(
        new SealedBlob(
            blob.type(), blob.id(), plain, blob.isCompressed(), buffer, length, buffers));
    return true;
  }

  private void stored(FinishedPack pack) {
    index.add(pack.id(), pack.blobs());
    for (PackedBlob blob : pack.blobs()) {
      claims.stored(blob.type(), blob.id());
    }
    pending.add(new IndexedPack(pack.id(), pack.blobs()));
  }

  /**
   * Stores every open pack, then an index of all that no index file lists. After it, a snapshot may
   * refer to every blob that was saved, packed, or reported as known. May be called again.
   *
   * @throws io.cloudstic.restic.RepositoryException when a claimed blob was not packed
   */
  public void flush() {
    uploader.check();
    packs.values().forEach(OpenPacks::finish);
    uploader.await();
    pending.write();
    claims.requireKept();
  }

  /** What was added so far. */
  public WriteTotals totals() {
    return new WriteTotals(
        dataBlobs.sum(), treeBlobs.sum(), dataAdded.sum(), dataAddedPacked.sum());
  }

  /**
   * Ends the writer. Without {@link #flush} before, open packs are stored and all that is stored is
   * indexed, if that is possible, so that the next run finds it.
   */
  @Override
  public void close() {
    storeOpenPacks();
    uploader.close();
    try {
      if (!uploader.hasFailed()) {
        pending.write();
      }
    } finally {
      sealers.close();
    }
  }

  private void storeOpenPacks() {
    try {
      if (!uploader.hasFailed()) {
        packs.values().forEach(OpenPacks::finish);
      }
    } catch (CloudsticException notPossible) {
      // The run ends for a reason of its own, or flush has told of this one.
    }
  }

  private static byte[] requireContent(byte[] plain, int length) {
    if (length < 1) {
      throw new IllegalArgumentException("an empty blob is never written");
    }
    return plain;
  }
}
