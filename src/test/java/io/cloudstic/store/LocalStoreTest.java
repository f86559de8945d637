package io.cloudstic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory as a store. */
class LocalStoreTest extends ObjectStoreContract {
  @TempDir Path temporary;

  @Override
  protected ObjectStore open() {
    return new LocalStore(temporary.resolve("missing/repository"));
  }

  private Path root() {
    return ((LocalStore) store).root();
  }

  @Test
  void directories_are_private_and_files_are_private_and_read_only() throws IOException {
    store.put("data/ab/abcd", bytes("x"));
    store.create("config", bytes("x"));

    assertThat(mode(root())).isEqualTo("rwx------");
    assertThat(mode(root().resolve("data/ab"))).isEqualTo("rwx------");
    assertThat(mode(root().resolve("data/ab/abcd"))).isEqualTo("r--------");
    assertThat(mode(root().resolve("config"))).isEqualTo("r--------");
  }

  @Test
  void the_group_gets_access_when_it_may_read_the_config() throws IOException {
    assumeTrue(umaskSparesGroup(), "the umask takes access from the group, whatever is asked for");
    store.create("config", bytes("x"));
    Files.setPosixFilePermissions(
        root().resolve("config"), PosixFilePermissions.fromString("r--r-----"));

    LocalStore again = new LocalStore(root());
    again.put("data/ab/abcd", bytes("x"));

    assertThat(mode(root().resolve("data/ab"))).startsWith("rwxr");
    assertThat(mode(root().resolve("data/ab/abcd"))).isEqualTo("r--r-----");
  }

  private boolean umaskSparesGroup() throws IOException {
    Path made =
        Files.createDirectory(
            temporary.resolve("umask"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    return mode(made).equals("rwxr-x---");
  }

  @Test
  void unfinished_writes_are_not_listed() throws IOException {
    store.put("data/ab/abcd", bytes("x"));
    Files.writeString(root().resolve("data/ab/abce-tmp-123456"), "half");
    Files.writeString(root().resolve("config-tmp-42"), "half");

    assertThat(keys("")).containsExactly("data/ab/abcd");
    assertThat(store.size("data/ab/abce")).isEmpty();
  }

  @Test
  void nothing_unfinished_is_left_behind() throws IOException {
    store.put("data/ab/abcd", bytes("x"));
    store.put("data/ab/abcd", bytes("x"));
    store.create("config", bytes("x"));
    assertThatExceptionOfType(ObjectExistsException.class)
        .isThrownBy(() -> store.create("config", bytes("y")));

    try (Stream<Path> files = Files.walk(root())) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(root().resolve("config"), root().resolve("data/ab/abcd"));
    }
  }

  @Test
  void the_root_may_be_a_symbolic_link() throws IOException {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
    try (LocalStore linked = new LocalStore(link)) {
      linked.create("config", bytes("x"));
      assertThat(real.resolve("config")).hasBinaryContent(bytes("x"));
      assertThat(linked.get("config")).isEqualTo(bytes("x"));
    }
  }

  @Test
  void a_directory_inside_may_be_a_symbolic_link() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createDirectories(root());
    Files.createSymbolicLink(root().resolve("data"), elsewhere);

    store.put("data/ab/abcd", bytes("x"));

    assertThat(elsewhere.resolve("ab/abcd")).exists();
    assertThat(keys("data/")).containsExactly("data/ab/abcd");
  }

  @Test
  void a_file_in_the_place_of_the_root_is_named_with_what_to_do() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "not a directory");
    LocalStore wrong = new LocalStore(file);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> wrong.put("config", bytes("x")))
        .withMessageContaining(file.toString())
        .matches(e -> e.advice().orElse("").contains("-store"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> wrong.get("config"));
  }

  @Test
  void what_stands_in_the_place_of_a_directory_is_not_taken_for_an_empty_one() throws IOException {
    store.create("config", bytes("x"));
    Files.writeString(root().resolve("snapshots"), "a file");
    Files.createSymbolicLink(root().resolve("index"), temporary.resolve("not mounted"));

    assertThat(keys("locks/")).isEmpty();
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> keys("snapshots/"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> keys("index/"));
  }

  @Test
  void a_full_disk_is_named_with_what_to_do() {
    StoreException full =
        (StoreException)
            LocalFailures.of(
                "cannot write",
                Path.of("/backup/data/ab"),
                new IOException("No space left on device"));

    assertThat(full).hasMessage("cannot write /backup/data/ab: No space left on device");
    assertThat(full.advice().orElseThrow()).contains("free some space");
  }

  @Test
  void a_refusal_says_why_and_what_to_do() {
    StoreException refused =
        (StoreException)
            LocalFailures.of(
                "cannot write",
                Path.of("/backup"),
                new java.nio.file.AccessDeniedException("/backup/config"));
    StoreException readOnly =
        (StoreException)
            LocalFailures.of(
                "cannot write",
                Path.of("/backup"),
                new FileSystemException("/backup", null, "Read-only file system"));

    assertThat(List.of(refused, readOnly)).hasOnlyElementsOfType(StoreDeniedException.class);
    assertThat(refused).hasMessageContaining("permission denied");
    assertThat(refused.advice()).isPresent();
    assertThat(readOnly.advice().orElseThrow()).contains("writable");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
