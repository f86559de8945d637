package io.cloudstic.restic.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The index in memory")
class BlobIndexTest {
  private final BlobIndex index = new BlobIndex();

  @Test
  @DisplayName("agrees with a map of lists on random packs, duplicates and both types")
  void agreesWithMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, List<BlobLocation>> model = new HashMap<>();
    List<IndexedPack> packs = new ArrayList<>();
    for (int p = 0; p < 300; p++) {
      List<PackedBlob> blobs = new ArrayList<>();
      long offset = 0;
      for (int b = random.nextInt(100); b >= 0; b--) {
        BlobType type = random.nextInt(4) == 0 ? BlobType.TREE : BlobType.DATA;
        long length = 32 + random.nextInt(50_000_000);
        PackedBlob blob =
            new PackedBlob(type, id(random.nextInt(9000)), offset, length, random.nextInt(3) * 5L);
        blobs.add(blob);
        offset += length;
        if (offset > 4_000_000_000L) {
          break;
        }
      }
      IndexedPack pack = new IndexedPack(id(1_000_000 + p), blobs);
      packs.add(pack);
      index.add(pack);
      for (PackedBlob blob : blobs) {
        model
            .computeIfAbsent(blob.type() + blob.id().hex(), k -> new ArrayList<>())
            .add(new BlobLocation(pack.id(), blob));
      }
    }
    for (int i = 0; i < 9000; i++) {
      for (BlobType type : BlobType.values()) {
        List<BlobLocation> expected = model.getOrDefault(type + id(i).hex(), List.of());
        assertThat(index.lookup(type, id(i)))
            .as("seed %d, blob %d", seed, i)
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(index.contains(type, id(i))).isEqualTo(!expected.isEmpty());
      }
    }
    List<IndexedPack> seen = new ArrayList<>();
    index.forEachPack(seen::add);
    assertThat(seen).isEqualTo(packs);
    assertThat(index.packCount()).isEqualTo(300);
    assertThat(index.containsPack(packs.get(7).id())).isTrue();
    assertThat(index.containsPack(id(5))).isFalse();
  }

  @Test
  @DisplayName("takes a pack that two index files list only once, and what the second adds")
  void overlapping() {
    PackedBlob first = new PackedBlob(BlobType.DATA, id(1), 0, 40, 0);
    PackedBlob second = new PackedBlob(BlobType.DATA, id(2), 40, 40, 0);
    Id pack = id(100);
    index.add(pack, List.of(first));
    index.add(pack, List.of(first));
    index.add(id(101), List.of(first));
    index.add(pack, List.of(first, second));
    assertThat(index.size()).isEqualTo(3);
    assertThat(index.lookup(BlobType.DATA, id(1)))
        .extracting(BlobLocation::pack)
        .containsExactlyInAnyOrder(pack, id(101));
    List<IndexedPack> seen = new ArrayList<>();
    index.forEachPack(seen::add);
    assertThat(seen)
        .containsExactly(
            new IndexedPack(pack, List.of(first, second)),
            new IndexedPack(id(101), List.of(first)));
  }

  @Test
  @DisplayName("is read without errors while packs are added, and shows each once it was added")
  void concurrent() throws Exception {
    int packs = 400;
    int perPack = 100;
    AtomicInteger added = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Random random = new Random(t);
        readers.add(
            threads.submit(
                () -> {
                  while (added.get() < packs) {
                    int visible = added.get() * perPack;
                    int wanted = random.nextInt(packs * perPack);
                    List<BlobLocation> found = index.lookup(BlobType.DATA, id(wanted));
                    if (wanted < visible) {
                      assertThat(found).hasSize(1);
                    }
                    for (BlobLocation location : found) {
                      assertThat(location.pack()).isEqualTo(id(1_000_000 + wanted / perPack));
                      assertThat(location.offset()).isEqualTo(40L * (wanted % perPack));
                    }
                  }
                }));
      }
      for (int p = 0; p < packs; p++) {
        List<PackedBlob> blobs = new ArrayList<>();
        for (int b = 0; b < perPack; b++) {
          blobs.add(new PackedBlob(BlobType.DATA, id(p * perPack + b), 40L * b, 40, 0));
        }
        index.add(id(1_000_000 + p), blobs);
        added.incrementAndGet();
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("takes at most 70 bytes a blob for a million blobs")
  void memory() {
    long before = usedMemory();
    BlobIndex large = new BlobIndex();
    for (int p = 0; p < 20_000; p++) {
      List<PackedBlob> blobs = new ArrayList<>();
      for (int b = 0; b < 50; b++) {
        blobs.add(new PackedBlob(BlobType.DATA, id(p * 50 + b), 40L * b, 40, 50));
      }
      large.add(id(2_000_000 + p), blobs);
    }
    long perBlob = (usedMemory() - before) / large.size();
    assertThat(large.size()).isEqualTo(1_000_000);
    assertThat(perBlob).isLessThanOrEqualTo(70);
  }

  private static long usedMemory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Id id(int number) {
    return Id.hash(ByteBuffer.allocate(4).putInt(number).array());
  }
}
