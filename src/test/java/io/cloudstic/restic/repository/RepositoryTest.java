package io.cloudstic.restic.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.FinishedPack;
import io.cloudstic.restic.pack.PackBuilder;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A repository")
class RepositoryTest {
  private static final char[] PASSWORD = "päss".toCharArray();

  private final MemoryStore store = new MemoryStore();
  private final RepositoryEnvironment environment = TestEnvironment.create();

  @Test
  @DisplayName("that was made opens with its password")
  void initAndOpen() {
    Config made;
    try (Repository repository = init()) {
      made = repository.config();
    }
    assertThat(keys(store)).hasSize(2).contains("config");
    try (Repository repository = Repository.open(store, PASSWORD, environment)) {
      assertThat(repository.config()).isEqualTo(made);
      assertThat(repository.config().version()).isEqualTo(2);
      assertThat(repository.keys().ids()).containsExactly(repository.keyId());
      assertThat(repository.index().size()).isZero();
    }
  }

  @Test
  @DisplayName("does not open with another password, and does not exist in an empty store")
  void notOpened() {
    init().close();
    assertExit(
        ExitCode.WRONG_PASSWORD, () -> Repository.open(store, new char[] {'x'}, environment));
    assertExit(
        ExitCode.NO_REPOSITORY, () -> Repository.open(new MemoryStore(), PASSWORD, environment));
  }

  @Test
  @DisplayName("is never made over another or over the remains of one")
  void neverOverwritten() {
    init().close();
    List<String> before = keys(store);
    assertExit(ExitCode.FAILED, this::init);
    assertThat(keys(store)).isEqualTo(before);
    store.delete("config");
    assertThatThrownBy(this::init).hasMessageContaining("keys/");
  }

  @Test
  @DisplayName("leaves no key behind when another process makes one at the same moment")
  void lostRace() {
    MemoryStore racing =
        new MemoryStore() {
          @Override
          public void create(String key, byte[] data) {
            throw new ObjectExistsException(key, null);
          }
        };
    assertExit(
        ExitCode.FAILED, () -> Repository.init(racing, PASSWORD, environment, KdfCost.LOWEST));
    assertThat(keys(racing)).isEmpty();
  }

  @Test
  @DisplayName(
      "leaves no key behind when the store refuses the config, so that init can be repeated")
  void refusedConfig() {
    MemoryStore refusing =
        new MemoryStore() {
          @Override
          public void create(String key, byte[] data) {
            throw new StoreException("refused on purpose", null, null);
          }
        };

    assertThatThrownBy(() -> Repository.init(refusing, PASSWORD, environment, KdfCost.LOWEST))
        .hasMessage("refused on purpose");

    assertThat(keys(refusing)).isEmpty();
  }

  @Test
  @DisplayName("tells a damaged key file from a wrong password, and ignores foreign names")
  void damagedKey() {
    init().close();
    store.put("keys/.DS_Store", new byte[10]);
    Repository.open(store, PASSWORD, environment).close();
    byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
    store.put(FileKind.KEY.key(Id.hash(junk)), junk);
    store.put("keys/" + "0".repeat(64), junk);
    Repository.open(store, PASSWORD, environment).close();
    char[] other = "another".toCharArray();
    assertExit(ExitCode.DAMAGED, () -> Repository.open(store, other, environment));
  }

  @Test
  @DisplayName("of another version is refused by its number, unknown fields of the config are kept")
  void config() {
    String polynomial = "\"chunker_polynomial\":\"3da3358b4dc173\"";
    String id = "\"id\":\"" + "42".repeat(32) + "\",";
    Config config = Config.decode(utf8("{\"version\":2," + id + polynomial + "}"));
    assertThat(config.chunkerPolynomial()).isEqualTo(0x3da3358b4dc173L);
    assertThat(config.json()).isEqualTo(utf8("{\"version\":2," + id + polynomial + "}"));
    String rustic =
        "{\"version\":2," + id + polynomial + ",\"compression\":3,\"x\":{\"a\":[1,null]}}";
    assertThat(Config.decode(utf8(rustic)).json()).isEqualTo(utf8(rustic));
    assertThatThrownBy(() -> Config.decode(utf8("{\"version\":3," + id + polynomial + "}")))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("version 3");
    assertThatThrownBy(
            () ->
                Config.decode(
                    utf8("{\"version\":2," + id + polynomial.replace("c173", "c175") + "}")))
        .hasMessageContaining("polynomial");
    assertThatThrownBy(() -> Config.decode(utf8("[1]"))).isInstanceOf(RepositoryException.class);
  }

  @Test
  @DisplayName("gives a blob from another pack when one copy is damaged or gone")
  void otherCopies() {
    try (Repository repository = init()) {
      byte[] plain = utf8("hello\n");
      FinishedPack first = pack(repository, plain);
      FinishedPack second = pack(repository, plain);
      repository.index().add(first.id(), first.blobs());
      repository.index().add(second.id(), second.blobs());
      Id id = Id.hash(plain);
      byte[] spoilt = first.bytes().clone();
      spoilt[20] ^= 1;
      store.put(FileKind.PACK.key(first.id()), spoilt);
      assertThat(repository.loadBlob(BlobType.DATA, id)).isEqualTo(plain);
      store.delete(FileKind.PACK.key(first.id()));
      assertThat(repository.loadBlob(BlobType.DATA, id)).isEqualTo(plain);
      store.delete(FileKind.PACK.key(second.id()));
      assertExit(ExitCode.DAMAGED, () -> repository.loadBlob(BlobType.DATA, id));
    }
  }

  @Test
  @DisplayName("looks at new index files before it reports a blob as lost")
  void reloadsIndex() {
    try (Repository repository = init()) {
      assertThat(repository.index().size()).isZero();
      byte[] plain = utf8("late");
      FinishedPack pack = pack(repository, plain);
      Id id = Id.hash(plain);
      assertThatThrownBy(() -> repository.loadBlob(BlobType.DATA, id))
          .hasMessageContaining("in no index");
      repository.saveFile(
          FileKind.INDEX, IndexFile.encode(List.of(new IndexedPack(pack.id(), pack.blobs()))));
      assertThat(repository.loadBlob(BlobType.DATA, id)).isEqualTo(plain);
      assertThatThrownBy(() -> repository.loadBlob(BlobType.TREE, id))
          .isInstanceOf(RepositoryException.class);
    }
  }

  @Test
  @DisplayName("does not call a failing store damage")
  void storeFailure() {
    MemoryStore failing =
        new MemoryStore() {
          @Override
          public byte[] getRange(String key, long offset, int length) {
            throw new StoreException("the network is down", null, null);
          }
        };
    try (Repository repository = Repository.init(failing, PASSWORD, environment, KdfCost.LOWEST)) {
      FinishedPack pack = pack(repository, utf8("x"));
      repository.index().add(pack.id(), pack.blobs());
      assertThatThrownBy(() -> repository.loadBlob(BlobType.DATA, Id.hash(utf8("x"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("network");
    }
  }

  @Test
  @DisplayName("reads an unpacked file again before it counts as damaged")
  void readTwice() {
    int[] reads = {0};
    MemoryStore flaky =
        new MemoryStore() {
          @Override
          public byte[] get(String key) {
            byte[] data = super.get(key);
            if (key.startsWith("index/") && reads[0]++ == 0) {
              data[5] ^= 1;
            }
            return data;
          }
        };
    try (Repository repository = Repository.init(flaky, PASSWORD, environment, KdfCost.LOWEST)) {
      Id id = repository.saveFile(FileKind.INDEX, utf8("{}"));
      assertThat(repository.loadFile(FileKind.INDEX, id)).isEqualTo(utf8("{}"));
      assertThat(reads[0]).isEqualTo(2);
      byte[] spoilt = flaky.get(FileKind.INDEX.key(id));
      spoilt[40] ^= 1;
      flaky.put(FileKind.INDEX.key(id), spoilt);
      assertExit(ExitCode.DAMAGED, () -> repository.loadFile(FileKind.INDEX, id));
      repository.removeFile(FileKind.INDEX, id);
      assertThatThrownBy(() -> repository.loadFile(FileKind.INDEX, id))
          .isInstanceOf(ObjectNotFoundException.class);
    }
  }

  private Repository init() {
    return Repository.init(store, PASSWORD, environment, KdfCost.LOWEST);
  }

  private FinishedPack pack(Repository repository, byte[] plain) {
    PackBuilder builder = new PackBuilder(BlobType.DATA, 1024);
    byte[] sealed = repository.envelope().seal(plain);
    builder.add(Id.hash(plain), sealed, 0, sealed.length, 0);
    FinishedPack pack = builder.finish(repository.envelope());
    repository.store().put(FileKind.PACK.key(pack.id()), pack.bytes());
    return pack;
  }

  private static List<String> keys(MemoryStore store) {
    List<String> keys = new ArrayList<>();
    store.list("", object -> keys.add(object.key()));
    return keys;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertExit(
      ExitCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RepositoryException failure = catchThrowableOfType(RepositoryException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(code);
  }
}
