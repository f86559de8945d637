package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.repository.Config;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each object of a repository damaged in each way, and every command on it. */
@DisplayName("On a damaged repository")
@Timeout(300)
class DamagedRepositoryTest {
  private static final Set<Integer> CONTRACT = Set.of(0, 1, 2, 10, 11, 12, 14);

  @TempDir static Path shared;
  private static Workplace whole;
  private static Path source;
  private static List<String> snapshots;

  /** How many there are depends on where the repository's own polynomial cuts the large file. */
  private static int dataBlobs;

  @TempDir Path directory;
  private Workplace workplace;

  @BeforeAll
  static void backUpTwice() throws Exception {
    whole = Workplace.in(shared);
    source = Files.createDirectories(shared.resolve("source/sub")).getParent();
    byte[] content = new byte[1 << 20];
    new Random(3).nextBytes(content);
    Files.write(source.resolve("large"), content);
    Files.writeString(source.resolve("sub/small"), "small");
    JsonNode first = whole.backup("local:" + source);
    Files.writeString(source.resolve("sub/new"), "new");
    JsonNode second = whole.backup("local:" + source);
    snapshots = Stream.of(first, second).map(one -> one.path("snapshot_id").asText()).toList();
    dataBlobs = first.path("data_blobs").asInt() + second.path("data_blobs").asInt();
  }

  private void copy() throws IOException {
    workplace = Workplace.empty(directory);
    try (Stream<Path> all = Files.walk(whole.repository())) {
      for (Path path : all.toList()) {
        Files.copy(
            path, workplace.repository().resolve(whole.repository().relativize(path).toString()));
      }
    }
  }

  private List<List<String>> readingCommands(String pack) {
    String small = source.resolve("sub/small").toString();
    return Stream.of(
            "list",
            "list -json",
            "ls latest",
            "ls -json " + snapshots.get(0),
            "find *",
            "find -json new",
            "diff " + snapshots.get(0) + " " + snapshots.get(1),
            "history " + small,
            "dump latest " + small,
            "dump latest " + source,
            "stats",
            "stats -json -mode raw-data",
            "check",
            "check -json -read-data-subset 50%",
            "status -offline",
            "explain " + small,
            "cat config",
            "cat snapshot latest",
            "cat index " + pack,
            "cat pack " + pack,
            "key list",
            "restore latest -output " + directory.resolve("restored"),
            "restore latest -dry-run -output " + directory.resolve("never"),
            "restore latest -output " + directory.resolve("restored.zip"),
            "forget -keep-last 1 -dry-run",
            "prune -dry-run",
            "repair index",
            "repair index -read-all-packs -json",
            "repair packs " + pack,
            "repair snapshots -json")
        .map(line -> List.of(line.split(" ")))
        .toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "config, cut",
    "config, flipped",
    "config, missing",
    "config, empty",
    "config, garbage",
    "keys, cut",
    "keys, flipped",
    "keys, missing",
    "keys, empty",
    "keys, garbage",
    "index, cut",
    "index, flipped",
    "index, missing",
    "index, empty",
    "index, garbage",
    "snapshots, cut",
    "snapshots, flipped",
    "snapshots, missing",
    "snapshots, empty",
    "data, cut",
    "data, flipped",
    "data, missing",
    "data, empty",
    "data, garbage",
    "trees, cut",
    "trees, flipped",
    "trees, missing",
    "trees, empty",
    "trees, garbage",
  })
  @DisplayName("every reading command ends with a clear message, a code, and nothing changed")
  void reading(String object, String how) throws Exception {
    copy();
    String pack = pack(object.equals("trees") ? BlobType.TREE : BlobType.DATA).hex();
    damage(object, how);
    Map<String, String> before = workplace.repositoryListing();
    List<String> ends = new ArrayList<>();
    for (List<String> command : readingCommands(pack)) {
      List<String> line = new ArrayList<>(command);
      line.addAll(List.of("-no-lock", "-no-cache"));
      Workplace.Run run = workplace.run(line.toArray(String[]::new));
      ends.add(run.exit() + " " + String.join(" ", command));
      assertClear(line, run);
    }
    assertThat(workplace.repositoryListing()).as("the store").isEqualTo(before);

    Workplace.Run check = workplace.run("check", "-read-data", "-no-lock", "-no-cache");
    assertClear(List.of("check", "-read-data"), check);
    boolean unnoticed = object.equals("snapshots") && how.equals("missing");
    assertThat(check.exit() == 0).as("check: %s%s", check.out(), check.err()).isEqualTo(unnoticed);
    if (ends.contains("0 restore latest -output " + directory.resolve("restored"))) {
      assertRestored();
    }
  }

  @Test
  @DisplayName("one damaged snapshot is named, and all commands that can go on with the others")
  void oneSnapshot() throws Exception {
    copy();
    damage("snapshots", "flipped");
    String good = snapshots.get(0).substring(0, 8);
    String bad = snapshots.get(1).substring(0, 8);
    String small = source.resolve("sub/small").toString();
    for (String command :
        List.of("list", "find small", "history " + small, "stats", "explain " + small)) {
      Workplace.Run run = workplace.run(14, (command + " -quiet").split(" "));
      assertThat(run.err())
          .as(command)
          .contains("snapshot " + bad + " is left out: ", "1 snapshot could not be read")
          .contains("cloudstic check");
      if (!command.equals("stats")) {
        assertThat(run.out()).as(command).contains(good);
      }
      String document = workplace.run(14, (command + " -json").split(" ")).out();
      assertThat(new ObjectMapper().reader().forType(JsonNode.class).readValues(document).readAll())
          .as("%s: one document: %s", command, document)
          .hasSize(1);
    }
    assertThat(workplace.run(14, "stats", "-json").json().path("damaged_snapshots"))
        .extracting(JsonNode::asText)
        .containsExactly(snapshots.get(1));
    Workplace.Run status = workplace.run(14, "status", "-offline");
    assertThat(workplace.run(1, "doctor").out()).contains("snapshots", "damaged: " + bad);
    assertThat(status.out()).contains("Attention: snapshot " + bad + " is damaged", good);

    assertThat(workplace.run(14, "ls", "latest").err()).contains(bad, "whether it is the newest");
    workplace.run(14, "restore", "-as-of", "now", "-output", directory.resolve("r").toString());
    workplace.run(0, "ls", good);
    workplace.run(0, "diff", good, good);
    workplace.run(0, "restore", good, "-output", directory.resolve("restored").toString());
    assertRestored();

    Map<String, String> before = workplace.repositoryListing();
    assertThat(workplace.run(14, "forget", "-keep-last", "1").err())
        .contains(bad, "nothing was forgotten");
    assertThat(workplace.run(14, "prune").err()).contains(bad);
    assertThat(workplace.repositoryListing()).isEqualTo(before);

    Path second = directory.resolve("second");
    EmptyRepository.make(second, "x", 2);
    JsonNode copied =
        workplace
            .run(
                14,
                "copy",
                "-json",
                "-from-store",
                "local:" + workplace.repository(),
                "-from-password",
                Workplace.PASSWORD,
                "-store",
                "local:" + second,
                "-password",
                "x")
            .json();
    assertThat(copied.path("snapshots_copied").asInt()).isOne();
    assertThat(copied.path("damaged_snapshots").get(0).asText()).isEqualTo(snapshots.get(1));

    assertThat(workplace.run(14, "tag", "-add", "x").out())
        .contains(good, "Modified the tags of 1 snapshot");
    workplace.run(0, "repair", "snapshots", "-forget", "-apply");
    assertThat(workplace.run(0, "list", "-tag", "x").out()).contains("1 snapshot");
    workplace.assertSound();
  }

  @Test
  @DisplayName("of which one snapshot lacks a directory, searches and histories tell of the others")
  void oneDirectory() throws Exception {
    workplace = Workplace.in(directory);
    Path data = Files.createDirectories(directory.resolve("data/sub")).getParent();
    Files.writeString(data.resolve("sub/file"), "one");
    String first = workplace.backup("local:" + data).path("snapshot_id").asText();
    Set<String> before = workplace.repositoryListing().keySet();
    Files.writeString(data.resolve("sub/file"), "two, longer");
    String second = workplace.backup("local:" + data).path("snapshot_id").asText();
    // What the second run stored of trees was needed by it alone.
    List<Id> trees = new ArrayList<>();
    try (Repository repository = open(workplace.repository())) {
      repository
          .index()
          .forEachPack(
              pack -> {
                if (pack.blobs().get(0).type() == BlobType.TREE
                    && !before.contains(FileKind.PACK.key(pack.id()))) {
                  trees.add(pack.id());
                }
              });
    }
    Files.writeString(data.resolve("sub/file"), "three, longer still");
    workplace.backup("local:" + data);
    for (Id pack : trees) {
      Files.delete(workplace.repository().resolve(FileKind.PACK.key(pack)));
    }

    Workplace.Run find = workplace.run(14, "find", "file", "-no-cache");
    assertThat(find.out())
        .contains("snapshot " + first.substring(0, 8))
        .doesNotContain(second.substring(0, 8));
    assertThat(find.out().split("Found matching")).hasSize(3);
    assertThat(find.err()).contains("snapshot " + second.substring(0, 8), "could not be read");
    Workplace.Run history =
        workplace.run(14, "history", "-json", "-no-cache", data.resolve("sub/file").toString());
    assertThat(history.json().path("histories").get(0).path("versions").findValuesAsText("event"))
        .containsExactly("added", "changed");
    assertThat(history.json().path("damaged_snapshots").get(0).asText()).isEqualTo(second);
  }

  @Test
  @DisplayName("a key that is damaged keeps nobody out who has another one, and check names it")
  void otherKey() throws Exception {
    copy();
    Path password = Files.writeString(directory.resolve("new"), "second password");
    workplace.run(0, "key", "add", "-new-password-file", password.toString());
    List<String> damaged = new ArrayList<>();
    try (Repository repository = open(workplace.repository())) {
      damaged.add(repository.keyId().hex());
    }
    Path key = workplace.repository().resolve("keys/" + damaged.get(0));
    key.toFile().setWritable(true);
    Files.writeString(key, "{}");
    workplace.run(0, "list", "-password-file", password.toString());
    assertThat(workplace.run(14, "list").err()).contains("keys/" + damaged.get(0));
    assertThat(workplace.run(14, "check", "-password-file", password.toString()).err())
        .contains("error: key " + damaged.get(0));
  }

  @Test
  @DisplayName("a backup after a repair reads again the files of a directory that lost their blobs")
  void localHeals() throws Exception {
    copy();
    removeAll(BlobType.DATA);
    workplace.run(14, "check");
    workplace.run(0, "repair", "index", "-apply");
    assertThat(workplace.backup("local:" + source).path("data_blobs").asInt()).isEqualTo(dataBlobs);
    workplace.run(0, "check", "-read-data");
    workplace.assertSound();
  }

  private static void assertClear(List<String> line, Workplace.Run run) {
    String said = run.out() + run.err();
    assertThat(run.exit()).as("%s: %s", line, said).isIn(CONTRACT);
    assertThat(said)
        .as("%s", line)
        .doesNotContain("Exception", "io.cloudstic", "\tat ", "unexpected", "java.");
    if (run.exit() != 0) {
      assertThat(line.contains("-json") ? said : run.err())
          .as("%s says why it ended with %d", line, run.exit())
          .isNotBlank();
    }
  }

  /** A success must be one: all restored, of whichever snapshot is the latest that is left. */
  private void assertRestored() throws IOException {
    Path restored = directory.resolve("restored").resolve(source.toString().substring(1));
    assertThat(restored.resolve("large")).hasSameBinaryContentAs(source.resolve("large"));
    assertThat(restored.resolve("sub/small")).hasContent("small");
  }

  private Id pack(BlobType type) {
    List<IndexedPack> packs = new ArrayList<>();
    try (Repository repository = open(workplace.repository())) {
      repository.index().forEachPack(packs::add);
    }
    return packs.stream()
        .filter(pack -> pack.blobs().get(0).type() == type)
        .max(Comparator.comparing(pack -> pack.blobs().size()))
        .orElseThrow()
        .id();
  }

  private static Repository open(Path place) {
    return Repository.open(
        new LocalStore(place), Workplace.PASSWORD.toCharArray(), TestEnvironment.create());
  }

  private void damage(String object, String how) throws IOException {
    Path file;
    switch (object) {
      case "config" -> file = workplace.repository().resolve("config");
      case "data", "trees" ->
          file =
              workplace
                  .repository()
                  .resolve(
                      FileKind.PACK.key(
                          pack(object.equals("trees") ? BlobType.TREE : BlobType.DATA)));
      case "snapshots" -> file = workplace.repository().resolve("snapshots/" + snapshots.get(1));
      default -> {
        try (Stream<Path> files = Files.list(workplace.repository().resolve(object))) {
          file = files.sorted().findFirst().orElseThrow();
        }
      }
    }
    file.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(file);
    switch (how) {
      case "missing" -> Files.delete(file);
      case "empty" -> Files.write(file, new byte[0]);
      case "garbage" -> Files.writeString(file, "{\"garbage\": [1, 2, ");
      case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      default -> {
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(file, bytes);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "config, flipped, 14",
    "keys, missing, 14",
    "index, flipped, 14",
    "index, missing, 0",
    "snapshots, cut, 14",
    "trees, missing, 14",
  })
  @DisplayName("a backup heals what has left the index, and never builds on what cannot be read")
  void backup(String object, String how, int exit) throws Exception {
    copy();
    if (object.equals("trees")) {
      // All: which of them the latest snapshot needs is left to chance.
      removeAll(BlobType.TREE);
    } else {
      damage(object, how);
    }
    Workplace.Run run = workplace.run("backup", "-source", "local:" + source);
    assertClear(List.of("backup"), run);
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
    if (exit == 0) {
      workplace.run(0, "restore", "latest", "-output", directory.resolve("restored").toString());
      assertRestored();
    }
    assertThat(workplace.locks()).isEmpty();
  }

  private void removeAll(BlobType type) {
    try (Repository repository = open(workplace.repository())) {
      repository
          .index()
          .forEachPack(
              pack -> {
                if (pack.blobs().get(0).type() == type) {
                  workplace.repository().resolve(FileKind.PACK.key(pack.id())).toFile().delete();
                }
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag -add x",
        "forget latest",
        "forget -keep-last 1 -prune",
        "prune",
        "key passwd",
        "repair packs 00",
        "unlock"
      })
  @DisplayName(
      "writing commands end as clearly when a snapshot, the index or the config is damaged")
  void writing(String command) throws Exception {
    copy();
    for (String object : List.of("snapshots", "index", "config")) {
      damage(object, "flipped");
      Workplace.Run run = workplace.run(command.split(" "));
      assertClear(List.of(command, object), run);
    }
  }

  @Test
  @DisplayName("files that belong to no repository are left alone and harm nobody")
  void foreignFiles() throws Exception {
    copy();
    Path place = workplace.repository();
    for (String kind :
        List.of("keys", "index", "snapshots", "locks", "data", "data/00", "data/zz")) {
      Files.createDirectories(place.resolve(kind));
      Files.writeString(place.resolve(kind + "/.DS_Store"), "finder");
      Files.writeString(place.resolve(kind + "/README"), "hands off");
      Files.writeString(place.resolve(kind + "/" + "a".repeat(63)), "nearly");
    }
    Files.createDirectories(place.resolve("snapshots/" + "b".repeat(64)));
    Files.createDirectories(place.resolve("lost+found"));
    Files.writeString(place.resolve("Thumbs.db"), "explorer");
    Map<String, String> before = workplace.repositoryListing();
    workplace.run(0, "check", "-read-data");
    workplace.run(0, "restore", "latest", "-output", directory.resolve("restored").toString());
    assertRestored();
    assertThat(workplace.run(0, "repair", "index").out()).contains("nothing to repair");
    assertThat(workplace.repositoryListing()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "check", "backup -source local:/etc/hostname", "repair index"})
  @DisplayName("a store that is a file, or in a file, is refused by name")
  void storeIsAFile(String command) throws Exception {
    workplace = Workplace.empty(directory);
    Path file = Files.writeString(directory.resolve("file"), "just a file");
    for (Path place : List.of(file, file.resolve("below"))) {
      workplace.with("CLOUDSTIC_STORE", "local:" + place);
      Workplace.Run run = workplace.run(command.split(" "));
      assertClear(List.of(command), run);
      assertThat(run.exit()).isIn(1, 10);
      assertThat(run.err()).contains(file.toString());
    }
    assertThat(file).hasContent("just a file");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  @DisplayName("a repository of a version to come is refused before anything is touched")
  void otherVersion(int version) throws Exception {
    copy();
    try (Repository repository = open(workplace.repository())) {
      Config config = repository.config();
      Config other = new Config(version, config.id(), config.chunkerPolynomial(), config.others());
      repository.store().put(FileKind.configKey(), repository.envelope().seal(other.json()));
    }
    Map<String, String> before = workplace.repositoryListing();
    for (String command : List.of("list", "check", "backup -source local:" + source, "prune")) {
      Workplace.Run run = workplace.run(command.split(" "));
      assertClear(List.of(command), run);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("version " + version);
    }
    assertThat(workplace.repositoryListing()).isEqualTo(before);
  }

  @Test
  @DisplayName("one of version 1 is written as version 1 is: nothing compressed, and restic agrees")
  void versionOne() throws Exception {
    workplace = Workplace.empty(directory);
    EmptyRepository.make(workplace.repository(), Workplace.PASSWORD, 1);
    workplace.backup("local:" + source);
    try (Repository repository = open(workplace.repository())) {
      repository
          .index()
          .forEachPack(pack -> assertThat(pack.blobs()).noneMatch(blob -> blob.isCompressed()));
      assertThat(repository.config().version()).isEqualTo(1);
    }
    workplace.assertSound();
    workplace.run(0, "check", "-read-data");
    assertThat(
            new String(
                workplace
                    .restic()
                    .succeed("dump", "latest", source.resolve("sub/small").toString()),
                StandardCharsets.UTF_8))
        .isEqualTo("small");
  }

  @Test
  @DisplayName(
      "that may not be written to, reading goes on without a lock, and writing says why not")
  void readOnly() throws Exception {
    copy();
    Path routes = Files.createDirectory(directory.resolve("routes"));
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    // As the tests may run as root, whom no file system refuses anything.
    Path local = routes.resolve("store-local.camel.yaml");
    String text = Files.readString(local);
    String put =
        """
                - bean:
                    id: put-file
                    ref: localStore
                    method: put(${header.CloudsticKey}, ${body})
        """;
    assertThat(text).contains(put);
    Files.writeString(
        local,
        text.replace(
            put,
            """
                    - throwException:
                        id: refuse
                        exceptionType: io.cloudstic.cli.DamagedRepositoryTest$Refused
                        message: read-only
            """));
    workplace.with("CLOUDSTIC_ROUTES_DIR", routes.toString());
    Map<String, String> before = workplace.repositoryListing();
    assertThat(workplace.run(0, "ls", "latest").err()).contains("going on without", "-no-lock");
    Workplace.Run quiet = workplace.run(0, "ls", "latest", "-no-lock");
    assertThat(quiet.err()).isEmpty();
    Workplace.Run tag = workplace.run(1, "tag", "-add", "x", "latest");
    assertThat(tag.err()).contains("read-only");
    assertThat(workplace.repositoryListing()).isEqualTo(before);
    Workplace.Run backup = workplace.run(2, "backup", "-no-lock", "-source", "local:" + source);
    assertThat(backup.err()).contains("-no-lock is for commands that only read");
    workplace.run(2, "prune", "-no-lock");
  }

  /** What a store route throws that may not write. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, new io.cloudstic.store.StoreDeniedException(message, null, null));
    }
  }
}
