package io.cloudstic.onedrive.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.Id;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A catalogue")
class CatalogueTest {
  private static final DriveIds IDS = DriveIds.of(new Drive("b!x", "business", null, null, null));
  private static final Id SNAPSHOT = Id.hash(new byte[] {1});

  @TempDir Path cache;

  private Catalogue open() {
    return Catalogue.open(cache, "repository", IDS, "/", id -> true);
  }

  private static FeedEntry entry(String key, String parent, String name, ItemKind kind) {
    ContentFacts facts =
        new ContentFacts(
            kind == ItemKind.FILE ? 5 : -1, Instant.EPOCH, "e" + key, null, Hashes.NONE);
    return new FeedEntry(
        key, key, parent, name, kind, false, facts, null, null, null, false, false, -1);
  }

  private static void store(Catalogue catalogue, String key) {
    ContentFacts facts = catalogue.items().get(key).facts();
    Id blob = Id.hash(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    catalogue.fetched().add(key, facts, new StoredContent(List.of(blob), 5, Mark.SIZE, facts));
    catalogue.absorbFetched(false);
  }

  private void fill(String... names) {
    try (Catalogue catalogue = open()) {
      catalogue.items().accept(entry("root", null, "root", ItemKind.ROOT), true);
      for (String name : names) {
        catalogue.items().accept(entry("key " + name, "root", name, ItemKind.FILE), true);
        store(catalogue, "key " + name);
      }
      catalogue.commit(SNAPSHOT, Statistics.NONE);
    }
  }

  @Test
  @DisplayName("keeps what was committed, and takes back what was not")
  void commits() {
    fill("a");
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.belongsTo(SNAPSHOT)).isTrue();
      assertThat(catalogue.items().get("key a").content().mark()).isEqualTo(Mark.SIZE);
      catalogue.removals().remove("key a");
    }
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.items().get("key a")).isNotNull();
    }
  }

  @Test
  @DisplayName("that is damaged, cut short or of another kind is thrown away and made anew")
  void survivesDamage() throws Exception {
    for (int damage = 0; damage < 3; damage++) {
      fill("a");
      Path file;
      try (Stream<Path> files = Files.list(cache)) {
        file = files.filter(f -> f.toString().endsWith("items.db")).findFirst().orElseThrow();
      }
      switch (damage) {
        case 0 -> Files.writeString(file, "no database at all, but some text".repeat(500));
        case 1 -> Files.write(file, new byte[20_000], StandardOpenOption.WRITE);
        default -> Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      }
      try (Catalogue catalogue = open()) {
        assertThat(catalogue.belongsTo(SNAPSHOT)).isFalse();
        assertThat(catalogue.items().isEmpty()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("that somebody else has open is replaced by a temporary one")
  void oneAtATime() {
    fill("a");
    try (Catalogue first = open();
        Catalogue second = open()) {
      assertThat(first.temporary()).isFalse();
      assertThat(second.temporary()).isTrue();
      assertThat(second.items().isEmpty()).isTrue();
    }
    try (Catalogue later = open()) {
      assertThat(later.temporary()).isFalse();
    }
  }

  @Test
  @DisplayName("without a folder leaves nothing behind")
  void withoutCache() throws Exception {
    try (Catalogue catalogue = Catalogue.open(null, "repository", IDS, "/", id -> true)) {
      catalogue.items().accept(entry("root", null, "root", ItemKind.ROOT), true);
      catalogue.commit(SNAPSHOT, Statistics.NONE);
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  @DisplayName("shows many items one after the other while they are changed")
  void changesWhileItShows() {
    int count = 1000;
    try (Catalogue catalogue = open()) {
      catalogue.items().accept(entry("root", null, "root", ItemKind.ROOT), true);
      for (int i = 0; i < count; i++) {
        catalogue.items().accept(entry("key " + (5000 + i), "root", "f" + i, ItemKind.FILE), true);
      }
      List<String> seen = new ArrayList<>();
      for (CataloguedItem item : catalogue.items().lacking()) {
        seen.add(item.key());
        store(catalogue, item.key());
        catalogue.removals().remove("key 5999");
      }
      assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(count - 1);
      assertThat(catalogue.items().lacking()).isEmpty();
      assertThat(catalogue.items().stored().first(3))
          .extracting(CataloguedItem::key)
          .containsExactly("key 5000", "key 5001", "key 5002");
    }
  }

  @Test
  @DisplayName("shows children by the bytes of their names, and every name as a tree can hold it")
  void names() {
    String half = "\ud83d half";
    fill("b", "B", "a/b", "..", "é", "\uffff", "😀", half, "nul\0");
    List<String> names = new ArrayList<>();
    try (Catalogue catalogue = open()) {
      new SnapshotWalk(catalogue, Rules.everything(), "root")
          .show(
              new DriveVisitor() {
                @Override
                public void enterFolder(CataloguedItem folder) {}

                @Override
                public void file(CataloguedItem file) {
                  names.add(file.name());
                }

                @Override
                public void leaveFolder(CataloguedItem folder) {}
              });
      assertThat(catalogue.items().get("key a/b").givenName()).isEqualTo("a/b");
    }
    assertThat(names.get(0)).startsWith("..~").hasSize(11);
    assertThat(names.subList(1, names.size()))
        .containsExactly("B", "a\u2215b", "b", "nul\u2400", "é", half, "\uffff", "😀");
  }

  @Test
  @DisplayName("removes a folder with all below it, wherever it was put")
  void removesSubtrees() {
    try (Catalogue catalogue = open()) {
      Items items = catalogue.items();
      items.accept(entry("root", null, "root", ItemKind.ROOT), true);
      items.accept(entry("a", "root", "a", ItemKind.FOLDER), true);
      items.accept(entry("b", "a", "b", ItemKind.FOLDER), true);
      items.accept(entry("c", "b", "c", ItemKind.FILE), true);
      items.accept(entry("d", "b", "d", ItemKind.FILE), true);
      items.accept(entry("d", "root", "d", ItemKind.FILE), true);
      assertThat(catalogue.removals().remove("a")).isEqualTo(3);
      assertThat(items.get("d")).isNotNull();
    }
  }
}
