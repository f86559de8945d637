package io.cloudstic.restic.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.lock.LockFile;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.Locks;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.pack.FinishedPack;
import io.cloudstic.restic.pack.PackBuilder;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Between restic and us, a repository")
class ResticAgreementTest {
  private static final String PASSWORD = "zweites Paßwort ✓ 🔑";

  @TempDir Path directory;

  private final RepositoryEnvironment environment = TestEnvironment.create();
  private Path place;
  private LocalStore store;
  private ResticProgram restic;

  @BeforeEach
  void place() throws Exception {
    place = directory.resolve("repository");
    store = new LocalStore(place);
    restic =
        new ResticProgram(place, PASSWORD, Files.createDirectory(directory.resolve("scratch")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  @DisplayName("filled by restic is read: config, index, pack headers and every blob")
  void readsResticsRepository(String version) throws Exception {
    makeSource();
    if (version.equals("1")) {
      EmptyRepository.make(place, PASSWORD, 1);
    } else {
      restic.succeed("init", "--repository-version", version);
    }
    restic.succeed("backup", directory.resolve("source").toString());
    restic.succeed("backup", "--force", directory.resolve("source").toString());
    JsonNode config = restic.json("cat", "config");
    try (Repository repository = open()) {
      assertThat(repository.config().version()).isEqualTo(config.get("version").intValue());
      assertThat(repository.config().id().hex()).isEqualTo(config.get("id").textValue());
      assertThat(Long.toHexString(repository.config().chunkerPolynomial()))
          .isEqualTo(config.get("chunker_polynomial").textValue());
      assertThat(repository.index().packCount()).isGreaterThan(1);
      repository.index().forEachPack(pack -> verify(repository, pack));
    }
  }

  private static void verify(Repository repository, IndexedPack pack) {
    long size = repository.store().size(FileKind.PACK.key(pack.id())).orElseThrow();
    List<PackedBlob> header =
        PackTail.read(repository.store(), pack.id(), size, repository.envelope());
    assertThat(header).containsExactlyInAnyOrderElementsOf(pack.blobs());
    for (PackedBlob blob : header) {
      byte[] plain = repository.loadBlob(blob.type(), blob.id());
      assertThat(plain).hasSize((int) blob.plainLength());
      assertThat(Id.hash(plain)).isEqualTo(blob.id());
    }
  }

  @Test
  @DisplayName("made by us is accepted by restic, with what we stored in it")
  void resticReadsOurs() throws Exception {
    List<byte[]> contents = contents();
    Config config;
    try (Repository repository =
        Repository.init(store, PASSWORD.toCharArray(), environment, KdfCost.LOWEST)) {
      config = repository.config();
      PackBuilder builder = new PackBuilder(BlobType.DATA, 100);
      for (byte[] plain : contents) {
        byte[] sealed = repository.envelope().seal(plain);
        builder.add(Id.hash(plain), sealed, 0, sealed.length, 0);
      }
      FinishedPack pack = builder.finish(repository.envelope());
      store.put(FileKind.PACK.key(pack.id()), pack.bytes());
      repository.saveFile(
          FileKind.INDEX, IndexFile.encode(List.of(new IndexedPack(pack.id(), pack.blobs()))));
    }
    JsonNode read = restic.json("cat", "config");
    assertThat(read.get("id").textValue()).isEqualTo(config.id().hex());
    assertThat(read.get("chunker_polynomial").textValue())
        .isEqualTo(Long.toHexString(config.chunkerPolynomial()));
    // The rest of them by their hashes, all at once, below.
    for (byte[] plain : List.of(contents.get(0), contents.get(contents.size() - 1))) {
      assertThat(restic.succeed("cat", "blob", Id.hash(plain).hex())).isEqualTo(plain);
    }
    assertThat(restic.run("check", "--read-data").all()).contains("no errors were found");
    restic.succeed("backup", Files.createDirectory(directory.resolve("empty")).toString());
    restic.succeed("check", "--read-data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  @DisplayName("has snapshots that both read, and that we write byte for byte alike")
  void snapshots(String version) throws Exception {
    makeSource();
    EmptyRepository.make(place, PASSWORD, Integer.parseInt(version));
    String source = directory.resolve("source").toString();
    restic.succeed("backup", "--host", "h <&> ü 😀", "--exclude", "*.tmp", source);
    restic.succeed("backup", "--host", "b", "--tag", "x", "--tag", "y", source);
    restic.succeed("tag", "--add", "z", "latest");
    JsonNode listed = restic.json("snapshots", "--json");
    assertThat(listed).hasSize(2);
    try (Repository repository = open()) {
      for (JsonNode theirs : listed) {
        Snapshot ours =
            repository.snapshots().find(theirs.get("short_id").textValue(), SnapshotFilter.ALL);
        assertThat(ours.id().hex()).isEqualTo(theirs.get("id").textValue());
        assertThat(Snapshots.json(ours))
            .isEqualTo(repository.loadFile(FileKind.SNAPSHOT, ours.id()));
        assertThat(ours.hostname()).isEqualTo(theirs.get("hostname").textValue());
        assertThat(ours.paths()).containsExactly(source);
      }
      Snapshot latest = repository.snapshots().find("latest", SnapshotFilter.ALL);
      assertThat(latest.tags()).containsExactly("x", "y", "z");
      assertThat(latest.original()).isPresent();

      Snapshot saved =
          repository
              .snapshots()
              .save(
                  latest.toBuilder()
                      .time(latest.time().plusSeconds(1).plusNanos(100))
                      .parent(latest.id())
                      .hostname("ours & theirs")
                      .programVersion("cloudstic 1.0")
                      .cloudstic(JsonNodeFactory.instance.objectNode().put("key", "<value>"))
                      .build());
      JsonNode read = restic.json("snapshots", "--json", "latest", "--host", "ours & theirs");
      assertThat(read).hasSize(1);
      assertThat(read.get(0).get("id").textValue()).isEqualTo(saved.id().hex());
      assertThat(OffsetDateTime.parse(read.get(0).get("time").textValue())).isEqualTo(saved.time());
      restic.succeed("check");
    }
  }

  @Test
  @DisplayName("is locked by either against the other")
  void locks() throws Exception {
    EmptyRepository.make(place, PASSWORD, Config.CURRENT_VERSION);
    Path source = Files.createDirectory(directory.resolve("empty"));
    try (Repository repository = open()) {
      try (RepositoryLock lock = repository.lock(LockKind.SHARED)) {
        restic.succeed("backup", source.toString());
        ResticProgram.Result check = restic.run("check");
        assertThat(check.exit()).isNotZero();
        assertThat(check.all())
            .contains("already locked by PID " + environment.pid() + " on testhost by tester");
        assertThat(restic.succeed("cat", "lock", lockId(repository))).isNotEmpty();
        restic.succeed("unlock");
        lock.check();
        assertThat(repository.locks().list()).hasSize(1);
      }
      try (RepositoryLock lock = repository.lock(LockKind.EXCLUSIVE)) {
        assertThat(restic.run("backup", source.toString()).exit()).isNotZero();
        lock.check();
      }
      restic.succeed("check");
      assertThat(repository.locks().list()).isEmpty();
      whileResticBacksUp(repository);
    }
  }

  private static String lockId(Repository repository) {
    return repository.locks().list().get(0).id().hex();
  }

  private void whileResticBacksUp(Repository repository) throws Exception {
    Process backup = restic.start("backup", "--stdin");
    try {
      while (repository.locks().list().isEmpty()) {
        assertThat(backup.isAlive()).isTrue();
        Thread.sleep(50);
      }
      assertThatThrownBy(() -> repository.lock(LockKind.EXCLUSIVE))
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining("process " + backup.pid());
      repository.lock(LockKind.SHARED).close();
      assertThat(repository.locks().removeStale()).isZero();
    } finally {
      backup.destroyForcibly().waitFor();
    }
    RepositoryEnvironment sameHost =
        TestEnvironment.of(
            Clock.systemUTC(), duration -> {}, holder(repository).hostname(), environment.pid());
    assertThat(new Locks(repository.files(), sameHost).removeStale()).isEqualTo(1);
    repository.lock(LockKind.EXCLUSIVE).close();
  }

  private static LockFile holder(Repository repository) {
    return repository.locks().list().get(0).file();
  }

  @Test
  @DisplayName("opens with any of its keys")
  void severalKeys() throws Exception {
    EmptyRepository.make(place, PASSWORD, Config.CURRENT_VERSION);
    Path second = Files.writeString(directory.resolve("second"), "another one");
    restic.succeed("key", "add", "--new-password-file", second.toString());
    try (Repository ours = open();
        Repository theirs = Repository.open(store, "another one".toCharArray(), environment)) {
      assertThat(ours.config()).isEqualTo(theirs.config());
      assertThat(ours.keyId()).isNotEqualTo(theirs.keyId());
      assertThat(ours.keys().ids()).containsExactlyInAnyOrder(ours.keyId(), theirs.keyId());
    }
  }

  private Repository open() {
    return Repository.open(store, PASSWORD.toCharArray(), environment);
  }

  private void makeSource() throws Exception {
    Path source = Files.createDirectories(directory.resolve("source/sub")).getParent();
    int number = 0;
    for (byte[] content : contents()) {
      Files.write(source.resolve("file" + number++), content);
    }
    Files.writeString(source.resolve("sub/text"), "many words, ".repeat(10_000));
    Files.write(source.resolve("sub/zeros"), new byte[3_000_000]);
  }

  private static List<byte[]> contents() {
    Random random = new Random(7);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] content = new byte[1 + i * 977];
      random.nextBytes(content);
      contents.add(content);
    }
    return contents;
  }
}
