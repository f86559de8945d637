package io.cloudstic.restic.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectNotFoundException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The snapshots of a repository")
class SnapshotsTest {
  private static final Id TREE = Id.hash(new byte[0]);

  private final MemoryStore store = new HidingStore();
  private String hidden = "";
  private Repository repository;

  @BeforeEach
  void make() {
    repository =
        Repository.init(store, "x".toCharArray(), TestEnvironment.create(), KdfCost.LOWEST);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  @DisplayName("are found by latest and by the beginning of an id")
  void found() {
    assertThatThrownBy(() -> repository.snapshots().find("latest", SnapshotFilter.ALL))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("no snapshots");
    Snapshot old = save("2024-05-01T10:00:00+02:00", "a");
    Snapshot newest = save("2024-05-01T09:00:00Z", "b");
    save("2024-05-01T08:59:59Z", "a");
    assertThat(repository.snapshots().find("latest", SnapshotFilter.ALL).id())
        .isEqualTo(newest.id());
    assertThat(repository.snapshots().find(old.id().hex(), SnapshotFilter.ALL).id())
        .isEqualTo(old.id());
    assertThat(
            repository.snapshots().find(old.id().hex().substring(0, 20), SnapshotFilter.ALL).id())
        .isEqualTo(old.id());
    assertThat(
            repository
                .snapshots()
                .find(old.id().hex().substring(0, 20).toUpperCase(), SnapshotFilter.ALL)
                .id())
        .isEqualTo(old.id());
    SnapshotFilter ofA = new SnapshotFilter(List.of("a"), List.of(), List.of());
    assertThat(repository.snapshots().find("latest", ofA).time())
        .isEqualTo(OffsetDateTime.parse("2024-05-01T08:59:59Z"));
    assertThatThrownBy(
            () ->
                repository
                    .snapshots()
                    .find("latest", new SnapshotFilter(List.of("c"), List.of(), List.of())))
        .hasMessageContaining("no snapshot has the given host");
    for (String none : List.of("", "zz", "00000000000000000000", "../config")) {
      assertThatThrownBy(() -> repository.snapshots().find(none, SnapshotFilter.ALL))
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining("no snapshot '" + none + "'");
    }
  }

  @Test
  @DisplayName("with the same beginning are named when it is ambiguous")
  void ambiguous() {
    List<Snapshot> saved = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      saved.add(save("2024-05-01T10:00:00Z", "h" + i));
    }
    String digit =
        "0123456789abcdef"
            .chars()
            .mapToObj(c -> String.valueOf((char) c))
            .filter(d -> saved.stream().filter(s -> s.id().hex().startsWith(d)).count() > 1)
            .findFirst()
            .orElseThrow();
    Snapshot one =
        saved.stream().filter(s -> s.id().hex().startsWith(digit)).findFirst().orElseThrow();
    assertThatThrownBy(() -> repository.snapshots().find(digit, SnapshotFilter.ALL))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("snapshots begin with '" + digit + "'")
        .hasMessageContaining(one.id().hex().substring(0, 9))
        .hasMessageContaining("2024-05-01T10:00Z");
  }

  @Test
  @DisplayName(
      "are all given out, but for one that disappears meanwhile; a damaged one is reported")
  void streamed() {
    List<Id> saved = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      saved.add(save("2024-05-01T10:00:00Z", "h").id());
    }
    store.put("snapshots/.hidden", new byte[1]);
    List<Id> seen = new ArrayList<>();
    repository.snapshots().forEach(SnapshotFilter.ALL, snapshot -> seen.add(snapshot.id()));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(saved);

    hidden = FileKind.SNAPSHOT.key(saved.get(3));
    seen.clear();
    repository.snapshots().forEach(SnapshotFilter.ALL, snapshot -> seen.add(snapshot.id()));
    assertThat(seen).hasSize(39).doesNotContain(saved.get(3));

    store.put(FileKind.SNAPSHOT.key(saved.get(5)), new byte[50]);
    assertThatThrownBy(() -> repository.snapshots().forEach(SnapshotFilter.ALL, snapshot -> {}))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(saved.get(5).hex());
  }

  @Test
  @DisplayName("are chosen by host, tags and paths as restic chooses")
  void filtered() {
    Snapshot tagged = builder("h").tags(List.of("a", "b")).paths(List.of("/x", "/y")).build();
    Snapshot plain = builder("k").build();
    assertThat(matching(filter(List.of(), List.of(List.of("a")), List.of()), tagged, plain))
        .containsExactly(tagged);
    assertThat(matching(filter(List.of(), List.of(List.of("a", "c")), List.of()), tagged, plain))
        .isEmpty();
    assertThat(
            matching(
                filter(List.of(), List.of(List.of("c"), List.of("b", "a")), List.of()), tagged))
        .containsExactly(tagged);
    assertThat(matching(filter(List.of(), List.of(List.of("")), List.of()), tagged, plain))
        .containsExactly(plain);
    assertThat(matching(filter(List.of("h", "k"), List.of(), List.of("/y")), tagged, plain))
        .containsExactly(tagged);
    assertThat(matching(SnapshotFilter.ALL, tagged, plain)).hasSize(2);
  }

  private static SnapshotFilter filter(
      List<String> hosts, List<List<String>> tags, List<String> paths) {
    return new SnapshotFilter(hosts, tags, paths);
  }

  private static List<Snapshot> matching(SnapshotFilter filter, Snapshot... snapshots) {
    return java.util.Arrays.stream(snapshots).filter(filter::matches).toList();
  }

  private Snapshot save(String time, String host) {
    return repository.snapshots().save(builder(host).time(OffsetDateTime.parse(time)).build());
  }

  private static Snapshot.Builder builder(String host) {
    return Snapshot.builder()
        .time(OffsetDateTime.parse("2024-01-01T00:00:00Z"))
        .tree(TREE)
        .hostname(host);
  }

  /** Lists one object that cannot be got, as when somebody removes it in between. */
  private final class HidingStore extends MemoryStore {
    @Override
    public byte[] get(String key) {
      if (key.equals(hidden)) {
        throw new ObjectNotFoundException(key, null);
      }
      return super.get(key);
    }
  }
}
