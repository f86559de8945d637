package io.cloudstic.restic.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A password of a repository")
class KeyChangesTest {
  private static final KeyChanges.Owner OWNER = new KeyChanges.Owner("anna", "desk");

  @TempDir Path directory;

  private boolean spoils;

  /** Changes the last byte of what is written, while it spoils. */
  private final MemoryStore store =
      new MemoryStore() {
        @Override
        public void put(String key, byte[] data) {
          byte[] stored = data.clone();
          stored[stored.length - 1] ^= spoils ? 1 : 0;
          super.put(key, stored);
        }
      };

  private Repository open(String password) {
    return Repository.open(store, password.toCharArray(), TestEnvironment.create());
  }

  private Repository make() {
    return Repository.init(store, "first".toCharArray(), TestEnvironment.create(), KdfCost.LOWEST);
  }

  private static Id add(Repository repository, String password) {
    return new KeyChanges(repository).add(password.toCharArray(), KdfCost.LOWEST, OWNER);
  }

  @Test
  @DisplayName("that is added opens it beside the first, and names whose it is")
  void added() {
    try (Repository repository = make()) {
      Id added = add(repository, "second");

      try (Repository again = open("second")) {
        assertThat(again.keyId()).isEqualTo(added);
        assertThat(again.config()).isEqualTo(repository.config());
        assertThat(again.keys().load(added).file().username()).isEqualTo("anna");
        assertThat(again.keys().load(added).file().hostname()).isEqualTo("desk");
      }
      open("first").close();
    }
  }

  @Test
  @DisplayName("that is in use cannot be removed, others can")
  void removed() {
    try (Repository repository = make()) {
      Id added = add(repository, "second");
      KeyChanges changes = new KeyChanges(repository);

      assertThatThrownBy(() -> changes.remove(repository.keyId()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("in use");
      changes.remove(added);
      assertThatThrownBy(() -> open("second")).isInstanceOf(RepositoryException.class);
      open("first").close();
    }
  }

  @Test
  @DisplayName("that is changed opens it no longer, the new one does, and others still do")
  void changed() {
    try (Repository repository = make()) {
      add(repository, "second");
      new KeyChanges(repository).replaceOwn("third".toCharArray(), KdfCost.LOWEST, OWNER);
    }
    assertThatThrownBy(() -> open("first"))
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_PASSWORD));
    open("second").close();
    open("third").close();
  }

  @Test
  @DisplayName("stays when the key of the new one does not come back from the store as written")
  void unverified() {
    Repository repository = make();
    spoils = true;

    assertThatThrownBy(
            () ->
                new KeyChanges(repository)
                    .replaceOwn("second".toCharArray(), KdfCost.LOWEST, OWNER))
        .hasMessageContaining("does not open the repository");
    spoils = false;
    assertThat(repository.keys().ids()).containsExactly(repository.keyId());
    open("first").close();
  }

  @Test
  @DisplayName("is found by the beginning of its key's id when only one begins so")
  void found() {
    try (Repository repository = make()) {
      KeyChanges changes = new KeyChanges(repository);
      String id = repository.keyId().hex();

      assertThat(changes.find(id.substring(0, 8).toUpperCase())).isEqualTo(repository.keyId());
      assertThatThrownBy(() -> changes.find("xyz")).hasMessage("there is no key 'xyz'");
      assertThatThrownBy(() -> changes.find("")).hasMessageContaining("1 keys begin");
    }
  }

  @Test
  @DisplayName("is refused as the twenty-first, which no program would try")
  void tooMany() {
    try (Repository repository = make()) {
      for (int i = 1; i < KeyRing.MAX_TRIED; i++) {
        add(repository, "password " + i);
      }
      assertThatThrownBy(() -> add(repository, "one more")).hasMessageContaining("20 keys or more");
      new KeyChanges(repository).replaceOwn("changed".toCharArray(), KdfCost.LOWEST, OWNER);
      open("changed").close();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("opens it for restic, and restic's opens it for us")
  void withRestic() throws Exception {
    Path place = directory.resolve("repository");
    EmptyRepository.make(place, "first", 2);
    LocalStore local = new LocalStore(place);
    try (Repository repository =
        Repository.open(local, "first".toCharArray(), TestEnvironment.create())) {
      add(repository, "zwölf Boxkämpfer");
      new KeyChanges(repository).replaceOwn("third".toCharArray(), KdfCost.LOWEST, OWNER);
    }
    ResticProgram restic = new ResticProgram(place, "zwölf Boxkämpfer", directory);
    assertThat(restic.json("key", "list", "--json")).hasSize(2);
    Path file = Files.writeString(directory.resolve("new"), "fourth\n");
    restic.succeed("key", "passwd", "--new-password-file", file.toString());
    try (Repository repository =
        Repository.open(local, "fourth".toCharArray(), TestEnvironment.create())) {
      assertThat(repository.keys().ids()).hasSize(2);
    }
  }
}
