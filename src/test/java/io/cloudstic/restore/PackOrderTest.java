package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.MadeRepository;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A restore in the order of the packs")
@Timeout(60)
class PackOrderTest {
  private static final int KILLED = 137;

  @TempDir Path dir;

  private final Random random = new Random(20261122);
  private final MadeRepository made = new MadeRepository();
  private final Map<String, byte[]> expected = new TreeMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void file(String name, List<byte[]> blobs) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Id> content = new ArrayList<>();
    for (byte[] blob : blobs) {
      all.writeBytes(blob);
      content.add(made.data(blob));
    }
    expected.put(name, all.toByteArray());
    nodes.add(
        Node.file(NodeName.of(name), content)
            .mode(0600)
            .size(all.size())
            .times(MadeRepository.TIME)
            .build());
  }

  /** Files of several packs, whose blobs lie in another order than in the files, some shared. */
  private Id mixed() {
    List<byte[]> blobs = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      blobs.add(noise(1 + random.nextInt(60_000)));
      made.data(blobs.get(i));
      if (i % 40 == 39) {
        made.open().close(); // ends the pack
      }
    }
    for (int f = 0; f < 40; f++) {
      List<byte[]> some = new ArrayList<>();
      for (int i = 0; i < f % 7; i++) {
        some.add(blobs.get(random.nextInt(blobs.size())));
      }
      file("f" + f, some);
    }
    Collections.shuffle(nodes, random);
    return made.tree(nodes.toArray(Node[]::new));
  }

  private RestoreSummary restore(Repository repository, Id tree) {
    return new Restore(repository, RestoreRequest.of(tree, dir), RestoreListener.NONE, new Stop())
        .run();
  }

  private void assertRestored() throws Exception {
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
    }
    for (String name : expected.keySet()) {
      Path file = dir.resolve(name);
      assertThat(Files.readAllBytes(file)).as(name).isEqualTo(expected.get(name));
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(MadeRepository.TIME));
    }
  }

  /** What has its name is right, or at least does not look so. */
  private void assertNothingHalf() throws Exception {
    for (String name : expected.keySet()) {
      Path file = dir.resolve(name);
      if (Files.exists(file)) {
        assertThat(Files.readAllBytes(file)).as(name).isEqualTo(expected.get(name));
      }
    }
  }

  @Test
  @DisplayName("reads no byte of a pack twice, however many files share it")
  void once() throws Exception {
    Id tree = mixed();
    Map<String, List<long[]>> read = new ConcurrentHashMap<>();
    WatchedStore watched =
        new WatchedStore(
            made.store,
            (key, offset, length) ->
                read.computeIfAbsent(key, k -> Collections.synchronizedList(new ArrayList<>()))
                    .add(new long[] {offset, offset + length}));
    try (Repository repository = made.open(watched)) {
      repository.loadBlob(BlobType.TREE, tree);
      BlobLocation trees = repository.index().lookup(BlobType.TREE, tree).get(0);
      read.clear();
      assertThat(restore(repository, tree).errors()).isZero();
      read.remove(FileKind.PACK.key(trees.pack()));
    }
    assertRestored();
    assertThat(read).hasSizeGreaterThan(2);
    read.forEach(
        (pack, ranges) -> {
          ranges.sort((a, b) -> Long.compare(a[0], b[0]));
          for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i)[0]).as(pack).isGreaterThanOrEqualTo(ranges.get(i - 1)[1]);
          }
        });
  }

  @Test
  @DisplayName("that fails at any of its reads leaves no file half, and the next one does the rest")
  void failing() throws Exception {
    Id tree = mixed();
    AtomicInteger left = new AtomicInteger();
    WatchedStore failing =
        new WatchedStore(
            made.store,
            (key, offset, length) -> {
              if (left.getAndDecrement() <= 0) {
                throw new StoreException("the store is gone", "try later", null);
              }
            });
    boolean failed = true;
    for (int reads = 1; failed; reads++) {
      assertThat(reads).isLessThan(100);
      left.set(Integer.MAX_VALUE);
      try (Repository repository = made.open(failing)) {
        left.set(reads);
        restore(repository, tree);
        failed = false;
      } catch (CloudsticException e) {
        assertThat(e).hasMessageContaining("the store is gone");
      }
      assertNothingHalf();
    }
    assertRestored();
  }

  @Test
  @DisplayName("goes on with the part that a killed run has left, and removes its other parts")
  void resumed() throws Exception {
    List<byte[]> blobs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      blobs.add(noise(30_000));
    }
    file("large", blobs);
    Id tree = made.tree(nodes.get(0));
    byte[] half = Arrays.copyOf(expected.get("large"), 4 * 30_000 + 17);
    half[30_000] ^= 1;
    Files.write(Parts.named(dir.resolve("large"), "1"), half);
    Files.write(Parts.named(dir.resolve("no longer in the snapshot"), "1"), half);
    AtomicInteger bytes = new AtomicInteger();
    try (Repository repository =
        made.open(new WatchedStore(made.store, (k, o, length) -> bytes.addAndGet(length)))) {
      repository.loadBlob(BlobType.TREE, tree);
      bytes.set(0);
      restore(repository, tree);
    }
    assertRestored();
    // The damaged second one, the cut fifth one and those behind it.
    assertThat(bytes.get()).isBetween(5 * 30_000, 8 * 31_000);
  }

  @Test
  @DisplayName("makes zeros of what a run that restored another version has left in their place")
  void resumedWithOtherContent() throws Exception {
    byte[] first = noise(30_000);
    file("large", List.of(first, new byte[300_000], noise(20_000), new byte[200_000]));
    Id tree = made.tree(nodes.get(0));
    byte[] other = noise(540_000);
    System.arraycopy(first, 0, other, 0, first.length);
    Files.write(Parts.named(dir.resolve("large"), "1"), other);
    try (Repository repository = made.open()) {
      restore(repository, tree);
    }
    assertRestored();
  }

  /** A restore in a process of its own, which dies before it reads for the n-th time. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      WatchedStore deadly =
          new WatchedStore(
              new LocalStore(Path.of(args[0])),
              (key, offset, length) -> {
                if (left.decrementAndGet() <= 0) {
                  Runtime.getRuntime().halt(KILLED);
                }
              });
      try (Repository repository = MadeRepository.reopen(deadly)) {
        left.set(Integer.parseInt(args[3]));
        RestoreRequest request = RestoreRequest.of(Id.parse(args[2]), Path.of(args[1]));
        new Restore(repository, request, RestoreListener.NONE, new Stop()).run();
      }
    }
  }

  @Test
  @DisplayName("that is killed leaves no file half, and the next one does the rest")
  void killed(@TempDir Path copy) throws Exception {
    Id tree = mixed();
    made.open().close();
    LocalStore store = new LocalStore(copy);
    made.store.list("", object -> store.put(object.key(), made.store.get(object.key())));
    for (String reads : List.of("2", "3")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Killed.class.getName(),
                  copy.toString(),
                  dir.toString(),
                  tree.hex(),
                  reads)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(said).isEqualTo(KILLED);
      assertNothingHalf();
    }
    try (Repository repository = made.open()) {
      restore(repository, tree);
    }
    assertRestored();
  }

  @Test
  @DisplayName("makes holes of long zeros, and files as long as they should be")
  void holes() throws Exception {
    byte[] zeros = new byte[1 << 20];
    byte[] mostly = new byte[3 << 20];
    System.arraycopy(noise(5000), 0, mostly, 1_000_001, 5000);
    mostly[mostly.length - 1] = 1;
    file("zeros", List.of(zeros, zeros, zeros, zeros, zeros, zeros, zeros, zeros));
    file("one zero blob", List.of(zeros));
    file("between", List.of(noise(777), mostly, zeros, mostly, noise(4097), zeros));
    file("short", List.of(new byte[70_000], new byte[1], noise(1)));
    Id tree = made.tree(nodes.toArray(Node[]::new));
    try (Repository repository = made.open()) {
      restore(repository, tree);
    }
    assertRestored();
    assertThat(kibibytes("zeros")).isLessThan(64);
    assertThat(kibibytes("one zero blob")).isLessThan(64);
    assertThat(kibibytes("between")).isLessThan(128);
  }

  private long kibibytes(String name) throws Exception {
    Process du = new ProcessBuilder("du", "-k", dir.resolve(name).toString()).start();
    return Long.parseLong(new String(du.getInputStream().readAllBytes()).split("\\s")[0]);
  }

  @Test
  @DisplayName("takes a blob that no index knows as the damage of the files that need it")
  void unknown() throws Exception {
    file("fine", List.of(noise(10), noise(20)));
    Node lost =
        Node.file(NodeName.of("lost"), List.of(made.data(noise(30)), Id.hash(noise(40))))
            .size(70)
            .build();
    Id tree = made.tree(nodes.get(0), lost);
    try (Repository repository = made.open()) {
      RestoreSummary summary = restore(repository, tree);
      assertThat(summary.damages()).isEqualTo(1);
    }
    assertRestored();
    assertThatThrownBy(() -> Files.size(dir.resolve("lost"))).isInstanceOf(Exception.class);
  }
}
