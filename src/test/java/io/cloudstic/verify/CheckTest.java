package io.cloudstic.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.MadeRepository;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.FinishedPack;
import io.cloudstic.restic.pack.PackBuilder;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.run.Stop;
import io.cloudstic.verify.Finding.Kind;
import io.cloudstic.verify.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A check")
@Timeout(60)
class CheckTest {
  private final MadeRepository made = new MadeRepository();
  private final List<Finding> findings = new ArrayList<>();
  private Id sub;
  private Id root;
  private Id snapshot;
  private Node file;

  @BeforeEach
  void repository() {
    file = made.file("file", "some content that is long enough to be damaged somewhere");
    sub = made.tree(file, made.file("empty", ""));
    root = made.tree(Node.directory(NodeName.of("sub"), sub).build(), made.file("top", "top"));
    snapshot = made.snapshot(root);
    made.snapshot(made.tree(Node.directory(NodeName.of("other"), sub).build()));
  }

  private CheckSummary check(CheckRequest request) {
    findings.clear();
    try (Repository repository = made.open()) {
      return new Check(repository, request, findings::add, new Stop()).run();
    }
  }

  private List<Finding> errors() {
    return findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
  }

  private BlobLocation place(BlobType type, Id id) {
    try (Repository repository = made.open()) {
      return repository.index().lookup(type, id).get(0);
    }
  }

  private void flip(FileKind kind, Id id, long offset) {
    byte[] bytes = made.store.get(kind.key(id));
    bytes[(int) offset] ^= 4;
    made.store.put(kind.key(id), bytes);
  }

  private List<Id> files(FileKind kind) {
    List<StoredFile> files = new ArrayList<>();
    try (Repository repository = made.open()) {
      repository.listFiles(kind, files::add);
    }
    return files.stream().map(StoredFile::id).toList();
  }

  @Test
  @DisplayName("finds nothing in a repository that is whole")
  void whole() {
    CheckSummary summary = check(CheckRequest.everything());
    assertThat(findings).isEmpty();
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(summary.snapshots()).isEqualTo(2);
    assertThat(summary.trees()).isEqualTo(3);
    assertThat(summary.packs()).isEqualTo(summary.packsRead()).isGreaterThan(1);
  }

  @Test
  @DisplayName("that is stopped does not read the pack to its end")
  void stoppedWithinPack() {
    BlobLocation place = place(BlobType.DATA, file.content().get(0));
    Stop stop = new Stop();
    try (Repository repository = made.open()) {
      PackFacts facts = new PackFacts(repository.index().blobsOf(place.pack()));
      facts.size = facts.indexedSize;
      PackCheck check = new PackCheck(repository, repository.index(), stop);
      assertThat(check.check(place.pack(), facts)).isEmpty();

      stop.ask();

      assertThatThrownBy(() -> check.check(place.pack(), facts))
          .isInstanceOf(StoppedException.class);
    }
  }

  @Test
  @DisplayName("finds a flipped bit in data only by reading it, and names blob and pack")
  void flippedData() {
    BlobLocation place = place(BlobType.DATA, file.content().get(0));
    flip(FileKind.PACK, place.pack(), place.offset() + 20);
    assertThat(check(CheckRequest.structure()).exitCode()).isEqualTo(ExitCode.DONE);
    CheckSummary summary = check(CheckRequest.everything());
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(summary.brokenPacks()).containsExactly(place.pack());
    assertThat(errors()).allMatch(f -> f.id().orElseThrow().equals(place.pack()));
    assertThat(errors())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("does not match its name"))
        .anyMatch(m -> m.contains(file.content().get(0).hex()));
    Finding blob = errors().stream().filter(f -> !f.paths().isEmpty()).findFirst().orElseThrow();
    assertThat(blob.paths()).containsExactlyInAnyOrder("/sub/file", "/other/file");
    assertThat(blob.snapshots()).hasSize(2);
    assertThat(summary.damagedSnapshots()).isEqualTo(2);
  }

  @Test
  @DisplayName("says that nobody suffers while another copy of a blob is whole")
  void anotherCopy() {
    BlobLocation place = place(BlobType.DATA, file.content().get(0));
    try (Repository repository = made.open()) {
      PackBuilder builder = new PackBuilder(BlobType.DATA, 100);
      byte[] sealed =
          repository.envelope().seal(repository.loadBlob(BlobType.DATA, place.blob().id()));
      builder.add(place.blob().id(), sealed, 0, sealed.length, 0);
      FinishedPack copy = builder.finish(repository.envelope());
      made.store.put(FileKind.PACK.key(copy.id()), copy.bytes());
      repository.saveFile(
          FileKind.INDEX, IndexFile.encode(List.of(new IndexedPack(copy.id(), copy.blobs()))));
    }
    flip(FileKind.PACK, place.pack(), place.offset() + 20);
    CheckSummary summary = check(CheckRequest.everything());
    assertThat(summary.errors()).isPositive();
    assertThat(summary.damagedSnapshots()).isZero();
    assertThat(errors()).allMatch(f -> f.paths().isEmpty());
  }

  @Test
  @DisplayName("remembers which packs it read, and not those that are damaged")
  void remembers() {
    BlobLocation place = place(BlobType.DATA, file.content().get(0));
    flip(FileKind.PACK, place.pack(), place.offset() + 20);
    try (Repository repository = made.open()) {
      VerificationLog log = VerificationLog.open(null, repository.config().id());
      Check check =
          new Check(repository, CheckRequest.everything(), log, CheckListener.NONE, new Stop());
      CheckSummary summary = check.run();
      assertThat(log.verifiedAt(place.pack())).isEmpty();
      assertThat(log.ageOf(files(FileKind.PACK)))
          .returns(summary.packs(), VerificationLog.Age::packs)
          .returns(1L, VerificationLog.Age::never);
    }
  }

  @Test
  @DisplayName("finds a flipped bit in a pack's header by reading the data")
  void flippedHeader() {
    BlobLocation place = place(BlobType.DATA, file.content().get(0));
    int size = made.store.get(FileKind.PACK.key(place.pack())).length;
    flip(FileKind.PACK, place.pack(), size - 10);
    assertThat(check(CheckRequest.structure()).errors()).isZero();
    assertThat(check(CheckRequest.everything()).errors()).isEqualTo(2);
  }

  @Test
  @DisplayName("finds a flipped bit in a tree, says where, and goes on")
  void flippedTree() {
    BlobLocation place = place(BlobType.TREE, sub);
    flip(FileKind.PACK, place.pack(), place.offset() + 20);
    CheckSummary summary = check(CheckRequest.structure());
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(errors()).extracting(Finding::kind).containsExactly(Kind.PACK, Kind.TREE);
    assertThat(errors().get(1).id()).contains(sub);
    assertThat(errors().get(1).paths()).containsExactlyInAnyOrder("/sub", "/other");
    assertThat(errors().get(1).snapshots()).hasSize(2);
    assertThat(errors().get(0).paths()).isEqualTo(errors().get(1).paths());
    assertThat(summary.damagedSnapshots()).isEqualTo(2);
  }

  @Test
  @DisplayName("finds a pack that is gone, and one that is cut short")
  void packs() {
    Id data = place(BlobType.DATA, file.content().get(0)).pack();
    made.store.delete(FileKind.PACK.key(data));
    assertThat(check(CheckRequest.everything()).exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(errors()).hasSize(1);
    assertThat(errors().get(0).id()).contains(data);
    assertThat(errors().get(0).message()).contains("not in the store");

    Id trees = place(BlobType.TREE, root).pack();
    byte[] pack = made.store.get(FileKind.PACK.key(trees));
    made.store.put(FileKind.PACK.key(trees), Arrays.copyOf(pack, 40));
    check(CheckRequest.everything());
    assertThat(errors())
        .extracting(Finding::kind)
        .contains(Kind.TREE)
        .filteredOn(kind -> kind == Kind.PACK)
        .hasSizeGreaterThan(2);
  }

  @Test
  @DisplayName("finds an index file that is cut short, and what is missing without it")
  void index() {
    for (Id id : files(FileKind.INDEX)) {
      byte[] bytes = made.store.get(FileKind.INDEX.key(id));
      made.store.put(FileKind.INDEX.key(id), Arrays.copyOf(bytes, bytes.length / 2));
    }
    CheckSummary summary;
    findings.clear();
    try (Repository repository = made.open()) {
      summary = new Check(repository, CheckRequest.everything(), findings::add, new Stop()).run();
    }
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(summary.suggestRepairIndex()).isTrue();
    assertThat(errors()).extracting(Finding::kind).contains(Kind.INDEX, Kind.TREE);
    assertThat(findings).anyMatch(f -> f.message().contains("in no index: left by"));
  }

  @Test
  @DisplayName("finds a snapshot that is garbage, one without tree, and one whose tree is missing")
  void snapshots() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    made.store.put(FileKind.SNAPSHOT.key(Id.hash(garbage)), garbage);
    Id treeless;
    try (Repository repository = made.open()) {
      treeless =
          repository.saveFile(FileKind.SNAPSHOT, "{\"time\":\"2024-01-01T00:00:00Z\"}".getBytes());
    }
    Id lost = made.snapshot(Id.hash(garbage));
    check(CheckRequest.structure());
    assertThat(errors())
        .extracting(f -> f.snapshots().get(0))
        .containsExactlyInAnyOrder(Id.hash(garbage), treeless, lost);
  }

  @Test
  @DisplayName("finds entries that cannot be: no content, no tree, no name, an unknown type")
  void entries() {
    Id missing = Id.hash(new byte[] {5});
    String content = "\"type\":\"file\",\"content\":";
    Id bad =
        made.treeOf(
            "{\"nodes\":["
                + "{\"name\":\"b\",%s[]},{\"name\":\"a\",%s[\"%s\"]},"
                    .formatted(content, content, missing)
                + "{\"name\":\"c\",%snull},{\"name\":\"d\",\"type\":\"dir\"},".formatted(content)
                + "{\"name\":\"\",%s[]},{\"name\":\"e\",\"type\":\"irregular\"},".formatted(content)
                + "{\"name\":\"f\",\"type\":\"door\"},{\"name\":\"..\",%s[]},".formatted(content)
                + "{\"name\":\"g\",\"size\":9,%s[\"%s\"]}]}"
                    .formatted(content, file.content().get(0)));
    Id notATree = made.treeOf("[]");
    Id holder =
        made.tree(
            Node.directory(NodeName.of("bad"), bad).build(),
            Node.directory(NodeName.of("not"), notATree).build());
    Id badSnapshot = made.snapshot(holder);
    CheckSummary summary = check(CheckRequest.structure());
    assertThat(errors())
        .extracting(f -> f.kind() + " " + f.paths().get(0))
        .containsExactlyInAnyOrder(
            "DATA /bad/a",
            "TREE /bad/c",
            "TREE /bad/d",
            "TREE /bad/",
            "TREE /bad/e",
            "TREE /bad/f",
            "TREE /not");
    assertThat(errors()).allMatch(f -> f.snapshots().equals(List.of(badSnapshot)));
    assertThat(summary.hints()).as("order, a size, a name").isEqualTo(3);
  }

  @Test
  @DisplayName("tells index files that repeat each other from those that contradict each other")
  void indexFiles() {
    // More blobs than packs are ever open at once: one pack holds two of them, whichever it is.
    for (int i = 0; i < 64; i++) {
      made.data(("content " + i).getBytes(StandardCharsets.UTF_8));
    }
    IndexedPack pack;
    try (Repository repository = made.open()) {
      List<IndexedPack> packs = new ArrayList<>();
      repository.index().forEachPack(packs::add);
      pack = packs.stream().filter(p -> p.blobs().size() > 1).findFirst().orElseThrow();
      repository.saveFile(FileKind.INDEX, IndexFile.encode(List.of(pack)));
    }
    assertThat(check(CheckRequest.structure()).errors()).isZero();
    assertThat(findings).singleElement().asString().contains("several index files");
    try (Repository repository = made.open()) {
      IndexedPack part = new IndexedPack(pack.id(), pack.blobs().subList(0, 1));
      repository.saveFile(FileKind.INDEX, IndexFile.encode(List.of(part)));
    }
    assertThat(check(CheckRequest.structure()).errors()).isPositive();
  }

  @Test
  @DisplayName("only hints at packs that no index names")
  void orphans() {
    byte[] orphan = new byte[100];
    made.store.put(FileKind.PACK.key(Id.hash(orphan)), orphan);
    CheckSummary summary = check(CheckRequest.everything());
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(summary.suggestPrune()).isTrue();
    assertThat(findings).singleElement().asString().contains("1 packs (100 bytes)");
  }

  @Test
  @DisplayName("stops when asked")
  void stop() {
    Stop stop = new Stop();
    stop.ask();
    try (Repository repository = made.open()) {
      Check check = new Check(repository, CheckRequest.everything(), CheckListener.NONE, stop);
      assertThatThrownBy(check::run).isInstanceOf(StoppedException.class);
    }
    assertThat(snapshot).isNotNull();
  }
}
