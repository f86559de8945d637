package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.MadeRepository;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A first restore that waits while a second one into the same place comes and goes. */
@DisplayName("Restores into one directory at the same time")
@Timeout(60)
class ConcurrentRestoreTest {
  private static final int PACKS = 4;

  @TempDir Path temporary;

  private final MadeRepository made = new MadeRepository();
  private Path dir;
  private byte[] expected;
  private Id below;
  private Id tree;

  @BeforeEach
  void make() throws IOException {
    dir = Files.createDirectory(temporary.resolve("target")).toRealPath();
    Files.createDirectory(dir.resolve("sub"));
    expected = new byte[PACKS * 20_000];
    new Random(7).nextBytes(expected);
    List<Id> blobs = new ArrayList<>();
    for (int i = 0; i < PACKS; i++) {
      blobs.add(made.data(Arrays.copyOfRange(expected, i * 20_000, (i + 1) * 20_000)));
      made.open().close(); // ends the pack
    }
    below =
        made.tree(
            Node.file(NodeName.of("large"), blobs)
                .mode(0600)
                .size(expected.length)
                .times(MadeRepository.TIME)
                .build());
    tree = made.tree(Node.directory(NodeName.of("sub"), below).mode(0755).build());
    made.open().close();
  }

  private static RestoreSummary restore(ObjectStore store, Id tree, RestoreRequest request) {
    try (Repository repository = MadeRepository.reopen(store)) {
      repository.loadBlob(BlobType.TREE, tree);
      return new Restore(repository, request, RestoreListener.NONE, new Stop()).run();
    }
  }

  private static List<Path> parts(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Parts::isPart)
          .filter(part -> !part.getFileName().toString().contains("run-"))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // it goes on meanwhile
    }
  }

  /** A store whose reader waits once a part is there. */
  private static ObjectStore waiting(ObjectStore store, Path directory, Runnable here) {
    return new WatchedStore(
        store,
        (key, offset, length) -> {
          if (!parts(directory).isEmpty()) {
            here.run();
          }
        });
  }

  private void assertRestoredAlone() throws IOException {
    assertThat(dir.resolve("sub/large")).hasBinaryContent(expected);
    try (Stream<Path> files = Files.walk(dir)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  private RestoreRequest request() {
    return RestoreRequest.of(tree, dir).withThreads(1);
  }

  @Test
  @DisplayName("leave each other's parts alone within one process, whichever ends first")
  void sameProcess() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch goes = new CountDownLatch(1);
    ObjectStore slow =
        waiting(
            made.store,
            dir,
            () -> {
              waits.countDown();
              await(goes);
            });
    CompletableFuture<RestoreSummary> first =
        CompletableFuture.supplyAsync(() -> restore(slow, tree, request()));
    await(waits);
    List<Path> parts = parts(dir);
    assertThat(parts).hasSize(1);

    assertThat(restore(made.store, tree, request()).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(parts(dir)).isEqualTo(parts);
    // One that removes what does not belong there, and one into the directory below.
    assertThat(restore(made.store, tree, request().deleting(true)).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(restore(made.store, below, RestoreRequest.of(below, dir.resolve("sub"))).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(dir.resolve("sub/large")).hasBinaryContent(expected);
    assertThat(parts(dir)).isEqualTo(parts);

    goes.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
    assertRestoredAlone();
  }

  /** A restore in a process of its own, which waits for a file when it has begun a part. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) {
      Path waits = Path.of(args[3]);
      ObjectStore slow =
          waiting(
              new LocalStore(Path.of(args[0])),
              Path.of(args[1]),
              () -> {
                try {
                  Files.writeString(waits, "");
                  while (!Files.exists(waits.resolveSibling("go"))) {
                    Thread.sleep(10);
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Id tree = Id.parse(args[2]);
      ExitCode exit =
          restore(slow, tree, RestoreRequest.of(tree, Path.of(args[1])).withThreads(1)).exitCode();
      System.exit(exit.code());
    }
  }

  @Test
  @DisplayName("leave each other's parts alone, and take over those of one that was killed")
  void otherProcess() throws Exception {
    LocalStore store = new LocalStore(temporary.resolve("store"));
    made.store.list("", object -> store.put(object.key(), made.store.get(object.key())));
    Process first = start();
    List<Path> parts = parts(dir);
    assertThat(restore(made.store, tree, request().deleting(true)).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(parts(dir)).isEqualTo(parts).hasSize(1);
    Files.writeString(temporary.resolve("go"), "");
    assertThat(first.waitFor()).isZero();
    assertRestoredAlone();

    Files.delete(temporary.resolve("go"));
    Files.delete(temporary.resolve("waits"));
    Files.delete(dir.resolve("sub/large"));
    Process killed = start();
    assertThat(parts(dir)).hasSize(1);
    killed.destroyForcibly().waitFor();
    int[] bytes = {0};
    ObjectStore counting =
        new WatchedStore(made.store, (key, offset, length) -> bytes[0] += length);
    assertThat(restore(counting, tree, request()).exitCode()).isEqualTo(ExitCode.DONE);
    assertRestoredAlone();
    assertThat(bytes[0]).as("what the part held was not read again").isLessThan(expected.length);
  }

  @Test
  @DisplayName("keep files of the snapshot that have the names of parts")
  void namesOfParts() throws Exception {
    String name = Parts.named(dir.resolve("x"), "7").getFileName().toString();
    Id odd =
        made.tree(
            made.file(name, "a"),
            made.file(name.substring(0, name.length() - 2), "b"),
            // Of mode 0000, which the second run has to enter again.
            Node.directory(NodeName.of("z"), made.tree(made.file(name, "c"))).build());
    made.open().close();
    for (int i = 0; i < 2; i++) {
      RestoreRequest request = RestoreRequest.of(odd, dir.resolve("odd")).deleting(i > 0);
      assertThat(restore(made.store, odd, request).exitCode()).isEqualTo(ExitCode.DONE);
      assertThat(dir.resolve("odd").resolve(name)).hasContent("a");
      Path shut = dir.resolve("odd/z");
      Set<PosixFilePermission> restored = Files.getPosixFilePermissions(shut);
      assertThat(restored).isEmpty();
      Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
      assertThat(shut.resolve(name)).hasContent("c");
      try (Stream<Path> files = Files.walk(dir.resolve("odd"))) {
        assertThat(files.filter(Files::isRegularFile)).hasSize(3);
      }
      Files.setPosixFilePermissions(shut, restored);
    }
  }

  private Process start() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName(),
                temporary.resolve("store").toString(),
                dir.toString(),
                tree.hex(),
                temporary.resolve("waits").toString())
            .inheritIO()
            .start();
    while (process.isAlive() && !Files.exists(temporary.resolve("waits"))) {
      Thread.sleep(10);
    }
    assertThat(process.isAlive()).isTrue();
    return process;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
