package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackHeader;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A prune of what old versions wrote")
@Timeout(120)
class PruneOldFormatsTest {
  private static final PruneRequest EVERYTHING =
      new PruneRequest(new MaxUnused(0, 0), Long.MAX_VALUE, false, false, Duration.ZERO, Set.of());

  private final long seed = new Random().nextLong();

  @TempDir Path dir;

  @ParameterizedTest(name = "format version {0}")
  @ValueSource(ints = {1, 2})
  @DisplayName("keeps what snapshots need, and separates trees from data")
  void mixedPacks(int version) throws Exception {
    Path place = dir.resolve("repository");
    ResticProgram restic =
        new ResticProgram(
            place, SmallRepository.PASSWORD, Files.createDirectory(dir.resolve("scratch")));
    EmptyRepository.make(place, SmallRepository.PASSWORD, version);
    List<Id> mixed = new ArrayList<>();
    try (Repository repository = open(place)) {
      SmallRepository made = new SmallRepository(repository, new Random(seed));
      Id first = made.backup();
      made.backup();
      made.backup();
      mixed.add(mix(repository));
      repository.snapshots().remove(first);
    }
    restic.succeed("check", "--read-data");

    try (Repository repository = open(place)) {
      new SmallRepository(repository, new Random(seed)).prune(EVERYTHING);
    }

    restic.succeed("check", "--read-data");
    try (Repository repository = open(place)) {
      List<IndexedPack> packs = packs(repository.index());
      assertThat(packs).as("seed %d", seed).isNotEmpty();
      assertThat(packs)
          .as("seed %d", seed)
          .noneMatch(pack -> mixed.contains(pack.id()))
          .allMatch(pack -> pack.blobs().stream().map(PackedBlob::type).distinct().count() == 1);
      if (version == 1) {
        assertThat(packs)
            .as("seed %d", seed)
            .allMatch(pack -> pack.blobs().stream().noneMatch(PackedBlob::isCompressed));
      }
    }
  }

  private static Repository open(Path place) {
    return Repository.open(
        new LocalStore(place), SmallRepository.PASSWORD.toCharArray(), TestEnvironment.create());
  }

  private static List<IndexedPack> packs(BlobIndex index) {
    List<IndexedPack> packs = new ArrayList<>();
    index.forEachPack(packs::add);
    return packs;
  }

  /** Makes one pack of one of data and one of trees, which restic did before version 0.9. */
  private static Id mix(Repository repository) throws Exception {
    List<IndexedPack> packs = new ArrayList<>(packs(repository.index()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<PackedBlob> blobs = new ArrayList<>();
    for (BlobType type : BlobType.values()) {
      IndexedPack pack =
          packs.stream().filter(one -> one.blobs().get(0).type() == type).findFirst().orElseThrow();
      byte[] bytes = repository.store().get(FileKind.PACK.key(pack.id()));
      for (PackedBlob blob : pack.blobs()) {
        int length = Math.toIntExact(blob.length());
        blobs.add(new PackedBlob(type, blob.id(), body.size(), length, blob.uncompressedLength()));
        body.write(bytes, Math.toIntExact(blob.offset()), length);
      }
      packs.remove(pack);
      repository.removeFile(FileKind.PACK, pack.id());
    }
    byte[] header = repository.envelope().seal(PackHeader.encode(blobs));
    body.write(header);
    body.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length).array());
    Id id = Id.hash(body.toByteArray());
    repository.store().put(FileKind.PACK.key(id), body.toByteArray());
    packs.add(new IndexedPack(id, blobs));
    List<Id> old = new ArrayList<>();
    repository.listFiles(FileKind.INDEX, file -> old.add(file.id()));
    repository.saveFile(FileKind.INDEX, IndexFile.encode(packs));
    old.forEach(file -> repository.removeFile(FileKind.INDEX, file));
    return id;
  }
}
