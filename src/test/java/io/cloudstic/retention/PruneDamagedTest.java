package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.run.Stop;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A prune of a damaged repository")
class PruneDamagedTest {
  private final MemoryStore store = new MemoryStore();
  private final SmallRepository made = new SmallRepository(store, new Random(4));

  private BlobIndex index() {
    IndexSurvey survey = new IndexSurvey();
    survey.update(made.repository);
    return survey.index();
  }

  private Map<String, Long> listing() {
    return listing(store);
  }

  private static Map<String, Long> listing(MemoryStore objects) {
    Map<String, Long> listing = new TreeMap<>();
    objects.list("", object -> listing.put(object.key(), object.size()));
    return listing;
  }

  @ParameterizedTest
  @DisplayName("is refused as such, and nothing is changed")
  @ValueSource(
      strings = {
        "no pack of data",
        "short pack of data",
        "no pack of trees",
        "spoilt pack of trees",
        "no index",
        "spoilt index",
        "spoilt snapshot"
      })
  void refused(String damage) {
    made.backup();
    Snapshot newest = made.repository.snapshots().load(made.backup());
    made.repository.snapshots().remove(made.backup());
    BlobIndex index = index();
    BlobMarks used = new BlobMarks(index.size());
    new UsedBlobs(made.repository, index, used, new Stop(), trees -> {})
        .find(List.of(newest.tree()));
    List<Id> dataPacks = new ArrayList<>();
    index.forEachPack(
        pack -> {
          if (pack.blobs().stream()
              .filter(blob -> blob.type() == BlobType.DATA)
              .anyMatch(blob -> used.contains(index.number(blob.type(), blob.id())))) {
            dataPacks.add(pack.id());
          }
        });
    Id treePack = index.lookup(BlobType.TREE, newest.tree()).get(0).pack();
    String key =
        switch (damage.substring(damage.indexOf(' ') + 1)) {
          case "pack of data" -> FileKind.PACK.key(dataPacks.get(0));
          case "pack of trees" -> FileKind.PACK.key(treePack);
          case "index" -> first("index/");
          default -> FileKind.SNAPSHOT.key(newest.id());
        };
    byte[] bytes = store.get(key);
    if (damage.equals("no index")) {
      store.list("index/", object -> store.delete(object.key()));
    }
    store.delete(key);
    if (damage.startsWith("short")) {
      store.put(key, Arrays.copyOf(bytes, bytes.length - 1));
    } else if (damage.startsWith("spoilt")) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 1;
      }
      store.put(key, bytes);
    }
    Map<String, Long> before = listing();

    assertThatExceptionOfType(CloudsticException.class)
        .isThrownBy(() -> made.prune(PruneRequest.DEFAULT))
        .satisfies(
            refusal -> {
              assertThat(refusal.exitCode()).isEqualTo(ExitCode.DAMAGED);
              assertThat(refusal.advice()).isPresent();
            });
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  @DisplayName("is refused when a snapshot is listed and not found, as if it were forgotten")
  void snapshotListedOnly() {
    List<String> hidden = new ArrayList<>();
    MemoryStore objects = new MemoryStore();
    SmallRepository other =
        new SmallRepository(
            new InterleavedStore(
                objects,
                operation -> {
                  if (hidden.contains(operation)) {
                    throw new ObjectNotFoundException(operation, null);
                  }
                }),
            new Random(5));
    hidden.add("get " + FileKind.SNAPSHOT.key(other.backup()));
    other.backup();
    Map<String, Long> before = listing(objects);

    assertThatExceptionOfType(RepositoryException.class)
        .isThrownBy(() -> other.prune(PruneRequest.DEFAULT))
        .withMessageContaining("is listed and cannot be found")
        .matches(refusal -> refusal.exitCode() == ExitCode.DAMAGED);
    assertThat(listing(objects)).isEqualTo(before);
  }

  private String first(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, object -> keys.add(object.key()));
    return keys.get(0);
  }

  @Test
  @DisplayName("goes on when only what nobody needs is gone")
  void unneeded() {
    made.backup();
    Id gone = made.backup();
    Snapshot snapshot = made.repository.snapshots().load(gone);
    Id pack = index().lookup(BlobType.TREE, snapshot.tree()).get(0).pack();
    made.repository.snapshots().remove(gone);
    store.delete(FileKind.PACK.key(pack));

    made.prune(PruneRequest.DEFAULT);

    assertThat(made.plan(PruneRequest.DEFAULT).freedBytes()).isZero();
    assertThat(index().containsPack(pack)).isFalse();
  }

  @Test
  @DisplayName("takes a good copy where another is damaged")
  void copies() {
    made.backup();
    made.repository.snapshots().remove(made.backup());
    made.backupOf(new BlobIndex());
    assertThat(made.plan(PruneRequest.DEFAULT).spareBlobs()).isPositive();
    BlobIndex index = index();
    List<Id> spoilt = new ArrayList<>();
    index.forEachPack(
        pack -> {
          boolean copied =
              pack.blobs().stream()
                  .allMatch(blob -> index.lookup(blob.type(), blob.id()).size() > 1);
          if (spoilt.isEmpty() && copied) {
            spoilt.add(pack.id());
          }
        });
    assertThat(spoilt).isNotEmpty();
    store.delete(FileKind.PACK.key(spoilt.get(0)));

    made.prune(PruneRequest.DEFAULT);

    assertThat(made.plan(PruneRequest.DEFAULT).snapshots()).isEqualTo(2);
  }

  @Test
  @DisplayName("keeps what only one of two index files says of a pack")
  void incompleteIndexFile() {
    made.backup();
    made.backup();
    List<IndexedPack> packs = new ArrayList<>();
    index().forEachPack(packs::add);
    IndexedPack pack =
        packs.stream().filter(one -> one.blobs().size() > 1).findFirst().orElseThrow();
    byte[] incomplete =
        IndexFile.encode(List.of(new IndexedPack(pack.id(), pack.blobs().subList(0, 1))));
    // The file that is met first is the one that stays: it has to be this one.
    Id written = made.repository.saveFile(FileKind.INDEX, incomplete);
    while (!FileKind.INDEX.key(written).equals(first("index/"))) {
      made.repository.removeFile(FileKind.INDEX, written);
      written = made.repository.saveFile(FileKind.INDEX, incomplete);
    }

    made.prune(PruneRequest.DEFAULT);

    assertThat(index().blobsOf(pack.id())).hasSameSizeAs(pack.blobs());
  }
}
