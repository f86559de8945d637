package io.cloudstic.restic.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.ManualClock;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A blob writer")
@Timeout(60)
class BlobWriterTest {
  private static final int KIB = 1024;

  private final SecureRandom secureRandom = new SecureRandom();
  private final MasterKey key = MasterKey.generate(secureRandom);
  private final ManualClock clock = new ManualClock();
  private final BlobIndex index = new BlobIndex();
  private final MemoryStore store = new MemoryStore();

  @Test
  @DisplayName("stores blobs that decode to their content, listed by an index file, once flushed")
  void roundTrip() throws Exception {
    byte[] random = random(300 * KIB, 1);
    byte[] text = "the same line again and again\n".repeat(5000).getBytes();
    byte[] tree = "{\"nodes\":[]}\n".getBytes();
    try (BlobWriter writer = writer(store)) {
      assertThat(writer.save(BlobType.DATA, random, 0, random.length).isNew()).isTrue();
      writer.save(BlobType.DATA, text, 0, text.length);
      writer.save(BlobType.TREE, tree, 0, tree.length);
      writer.flush();
      WriteTotals totals = writer.totals();
      assertThat(totals.dataBlobs()).isEqualTo(2);
      assertThat(totals.treeBlobs()).isEqualTo(1);
      assertThat(totals.dataAdded()).isEqualTo(random.length + text.length + tree.length);
      assertThat(totals.dataAddedPacked()).isBetween(300L * KIB, 302L * KIB);
    }
    BlobIndex fromFiles = indexFromFiles();
    assertThat(load(fromFiles, BlobType.DATA, random)).isEqualTo(random);
    assertThat(load(fromFiles, BlobType.DATA, text)).isEqualTo(text);
    assertThat(load(fromFiles, BlobType.TREE, tree)).isEqualTo(tree);
  }

  @Test
  @DisplayName("leaves data raw that does not shrink, and compresses every tree")
  void compression() throws Exception {
    byte[] small = random(20, 2);
    try (BlobWriter writer = writer(store)) {
      writer.save(BlobType.DATA, small, 0, small.length);
      writer.save(BlobType.TREE, small, 0, small.length);
      writer.flush();
    }
    Id id = Id.hash(small);
    assertThat(index.lookup(BlobType.DATA, id).get(0).uncompressedLength()).isZero();
    assertThat(index.lookup(BlobType.TREE, id).get(0).uncompressedLength()).isEqualTo(20);
    assertThat(load(index, BlobType.TREE, small)).isEqualTo(small);
  }

  @Test
  @DisplayName("stores each blob once, however many threads save it at the same time")
  void concurrent() throws Exception {
    long seed = System.nanoTime();
    List<byte[]> blobs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      blobs.add(random(1 + new Random(seed + i).nextInt(20 * KIB), seed + i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (BlobWriter writer = writer(store)) {
      List<Future<Long>> added = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int rotation = 25 * t;
        added.add(
            threads.submit(
                () -> {
                  long mine = 0;
                  for (int i = 0; i < blobs.size(); i++) {
                    byte[] blob = blobs.get((i + rotation) % blobs.size());
                    mine += writer.save(BlobType.DATA, blob, 0, blob.length).isNew() ? 1 : 0;
                  }
                  return mine;
                }));
      }
      long sum = 0;
      for (Future<Long> one : added) {
        sum += one.get();
      }
      writer.flush();
      assertThat(sum).as("seed %d", seed).isEqualTo(200);
      assertThat(writer.totals().dataBlobs()).isEqualTo(200);
    } finally {
      threads.shutdownNow();
    }
    BlobIndex fromFiles = indexFromFiles();
    assertThat(fromFiles.size()).isEqualTo(200);
    for (byte[] blob : blobs) {
      assertThat(load(fromFiles, BlobType.DATA, blob)).isEqualTo(blob);
    }
  }

  @Test
  @DisplayName("knows a blob only once its pack is stored, but lets nobody claim it twice")
  void knownWhenStored() throws Exception {
    CountDownLatch mayStore = new CountDownLatch(1);
    MemoryStore slow =
        new MemoryStore() {
          @Override
          public void put(String key, byte[] data) {
            try {
              mayStore.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            super.put(key, data);
          }
        };
    byte[] blob = random(100 * KIB, 3);
    try (BlobWriter writer = writer(slow)) {
      writer.save(BlobType.DATA, blob, 0, blob.length);
      assertThat(index.contains(BlobType.DATA, Id.hash(blob))).isFalse();
      assertThat(writer.contains(BlobType.DATA, Id.hash(blob))).isTrue();
      assertThat(writer.claim(BlobType.DATA, Id.hash(blob))).isFalse();
      mayStore.countDown();
      writer.flush();
      assertThat(index.contains(BlobType.DATA, Id.hash(blob))).isTrue();
      assertThat(writer.claim(BlobType.DATA, Id.hash(blob))).isFalse();
      writer.flush();
    }
  }

  @Test
  @DisplayName("never loses sight of a blob while its pack is stored")
  void alwaysThere() throws Exception {
    ExecutorService looker = Executors.newSingleThreadExecutor();
    WriteLimits limits = new WriteLimits(1, 2, 2, Duration.ofMinutes(2), 50_000);
    try (BlobWriter writer =
        new BlobWriter(store, key, index, files(), secureRandom, clock, limits)) {
      for (int i = 0; i < 1000; i++) {
        byte[] blob = {1, (byte) i, (byte) (i >> 8)};
        Id id = Id.hash(blob);
        CountDownLatch looking = new CountDownLatch(1);
        assertThat(writer.claim(BlobType.DATA, id)).isTrue();
        Future<Boolean> missed =
            looker.submit(
                () -> {
                  looking.countDown();
                  while (!index.contains(BlobType.DATA, id)) {
                    if (!writer.contains(BlobType.DATA, id)) {
                      return true;
                    }
                  }
                  return false;
                });
        looking.await();
        writer.pack(writer.seal(Chunk.of(blob)));
        assertThat(missed.get()).as("blob %d", i).isFalse();
      }
    } finally {
      looker.shutdownNow();
    }
  }

  @Test
  @DisplayName("fails every call with the store's failure once a pack could not be stored")
  void storeFailure() {
    StoreException full = new StoreException("the disk is full", "make room", null);
    MemoryStore failing =
        new MemoryStore() {
          @Override
          public void put(String key, byte[] data) {
            throw full;
          }
        };
    try (BlobWriter writer = writer(failing)) {
      byte[] blob = random(100 * KIB, 4);
      writer.save(BlobType.DATA, blob, 0, blob.length);
      assertThatThrownBy(writer::flush).isSameAs(full);
      assertThatThrownBy(() -> writer.claim(BlobType.DATA, Id.hash(blob))).isSameAs(full);
      assertThatThrownBy(() -> writer.save(BlobType.DATA, new byte[1], 0, 1)).isSameAs(full);
      assertThatThrownBy(() -> writer.seal(Chunk.of(new byte[1]))).isSameAs(full);
      assertThatThrownBy(writer::flush).isSameAs(full);
    }
  }

  @Test
  @DisplayName("lets no flush pass a claim that was never packed")
  void claimedOnly() {
    try (BlobWriter writer = writer(store)) {
      Id id = Id.hash(new byte[] {1});
      assertThat(writer.claim(BlobType.DATA, id)).isTrue();
      assertThatThrownBy(writer::flush).isInstanceOf(RepositoryException.class);
      writer.unclaim(BlobType.DATA, id);
      writer.flush();
      assertThat(writer.claim(BlobType.DATA, id)).isTrue();
    }
  }

  @Test
  @DisplayName("lets no flush pass a claim given up that others relied on, until it is kept")
  void brokenPromise() {
    try (BlobWriter writer = writer(store)) {
      byte[] blob = {1, 2, 3};
      assertThat(writer.claim(BlobType.DATA, Id.hash(blob))).isTrue();
      assertThat(writer.claim(BlobType.DATA, Id.hash(blob))).isFalse();
      writer.unclaim(BlobType.DATA, Id.hash(blob));
      assertThatThrownBy(writer::flush).isInstanceOf(RepositoryException.class);
      assertThat(writer.save(BlobType.DATA, blob, 0, blob.length).isNew()).isTrue();
      writer.unclaim(BlobType.DATA, Id.hash(blob));
      writer.flush();
    }
  }

  @Test
  @DisplayName("refuses to pack what does not decode to the bytes that were hashed")
  void verified() {
    try (BlobWriter writer = writer(store)) {
      Chunk chunk = Chunk.of(random(10 * KIB, 5));
      assertThat(writer.claim(BlobType.DATA, chunk.id())).isTrue();
      chunk.buffer()[17] ^= 4;
      assertThatThrownBy(() -> writer.seal(chunk))
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining(chunk.id().brief());
      writer.unclaim(BlobType.DATA, chunk.id());
      writer.flush();
      assertThat(writer.totals().dataBlobs()).isZero();
    }
  }

  @Test
  @DisplayName("indexes stored packs after two minutes, and what is left when it is closed")
  void killed() throws Exception {
    try (BlobWriter writer = writer(store)) {
      fillPacks(writer, 10, 0);
      assertThat(indexFiles()).isZero();
      clock.advance(Duration.ofMinutes(2));
      fillPacks(writer, 10, 100);
      assertThat(indexFiles()).isPositive();
    }
    List<Id> packs = new ArrayList<>();
    store.list("data/", object -> packs.add(FileKind.PACK.idOf(object.key()).orElseThrow()));
    BlobIndex fromFiles = indexFromFiles();
    assertThat(packs).isNotEmpty().allMatch(fromFiles::containsPack);
  }

  @Test
  @DisplayName("indexes nothing once the lock is lost: others may have removed the packs")
  void lockLost() {
    RepositoryException lost = new RepositoryException(ExitCode.LOCKED, "lost", "again", null);
    AtomicBoolean locked = new AtomicBoolean(true);
    MemoryStore asleep =
        new MemoryStore() {
          @Override
          public void put(String key, byte[] data) {
            super.put(key, data);
            locked.set(!key.startsWith("data/"));
          }
        };
    Repository repository =
        Repository.init(asleep, "x".toCharArray(), TestEnvironment.create(), KdfCost.LOWEST);
    BlobWriter writer =
        BlobWriter.into(
            repository,
            WriteLimits.standard(),
            () -> {
              if (!locked.get()) {
                throw lost;
              }
            });
    writer.save(BlobType.DATA, new byte[] {1}, 0, 1);
    assertThatThrownBy(writer::flush).isSameAs(lost);
    assertThatThrownBy(writer::close).isSameAs(lost);
    asleep.list("index/", object -> fail("there is " + object.key()));
  }

  @Test
  @DisplayName("closes packs at the target size and spreads blobs over two of them")
  void packs() {
    try (BlobWriter writer = writer(store)) {
      for (int i = 0; i < 40; i++) {
        byte[] blob = random(16 * KIB, 1000 + i);
        writer.save(BlobType.DATA, blob, 0, blob.length);
      }
      writer.flush();
    }
    List<Long> sizes = new ArrayList<>();
    store.list("data/", object -> sizes.add(object.size()));
    assertThat(sizes).allMatch(size -> size < 64 * KIB + 17 * KIB);
    assertThat(sizes.stream().filter(size -> size < 64 * KIB)).hasSizeLessThanOrEqualTo(2);
  }

  private void fillPacks(BlobWriter writer, int blobs, int seed) throws InterruptedException {
    for (int i = 0; i < blobs; i++) {
      byte[] blob = random(64 * KIB, seed + i);
      writer.save(BlobType.DATA, blob, 0, blob.length);
      while (!index.contains(BlobType.DATA, Id.hash(blob))) {
        Thread.onSpinWait();
      }
    }
  }

  private BlobWriter writer(MemoryStore into) {
    WriteLimits limits = new WriteLimits(64 * KIB, 2, 2, Duration.ofMinutes(2), 50_000);
    return new BlobWriter(into, key, index, files(), secureRandom, clock, limits);
  }

  private UnpackedFiles files() {
    return new UnpackedFiles(store, () -> new Envelope(key, secureRandom), 2);
  }

  private int indexFiles() {
    int[] count = {0};
    store.list("index/", object -> count[0]++);
    return count[0];
  }

  private BlobIndex indexFromFiles() {
    BlobIndex read = new BlobIndex();
    files()
        .list(
            FileKind.INDEX,
            file -> {
              try {
                IndexFile.decode(files().load(FileKind.INDEX, file.id()), read::add);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    return read;
  }

  private byte[] load(BlobIndex from, BlobType type, byte[] plain) throws Exception {
    BlobLocation at = from.lookup(type, Id.hash(plain)).get(0);
    byte[] pack = store.get(FileKind.PACK.key(at.pack()));
    return new BlobDecoder(new Envelope(key, secureRandom))
        .decode(at.blob(), pack, (int) at.offset());
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
