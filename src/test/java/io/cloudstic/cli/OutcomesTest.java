package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A command")
@Timeout(120)
class OutcomesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Workplace workplace;
  private Path source;

  @BeforeEach
  void begin() throws Exception {
    workplace = Workplace.in(directory);
    source = Files.createDirectories(directory.resolve("source/sub")).getParent();
    Files.writeString(source.resolve("a.txt"), "hello\n");
    Files.write(source.resolve("sub/b.bin"), new byte[3000]);
  }

  private Workplace.Run backup(String... flags) {
    List<String> words = new ArrayList<>(List.of("backup", "-source", "local:" + source));
    words.addAll(List.of(flags));
    return workplace.run(words.toArray(String[]::new));
  }

  @Test
  @DisplayName(
      "backup ends its text with the five lines that scripts rely on, and stderr is silent")
  void lastLines() {
    Workplace.Run first = backup();

    assertThat(first.exit()).isZero();
    assertThat(first.err()).isEmpty();
    String[] lines = first.out().split("\n");
    assertThat(lines).hasSize(5);
    assertThat(lines[0])
        .isEqualTo("Files:  2 new,  0 changed,  0 unmodified,  0 removed,  0 failed");
    assertThat(lines[1]).matches("Dirs:   \\d+ new,  0 changed,  0 unmodified,  0 removed");
    assertThat(lines[2])
        .matches("Added to the repository: \\d+\\.\\d KiB \\(\\d+\\.\\d KiB stored\\)");
    assertThat(lines[3])
        .matches(
            "Processed \\d+ entries, 2\\.9 KiB in \\d+:\\d\\d; 0 Graph requests, throttled 0:00");
    assertThat(lines[4]).matches("Snapshot [0-9a-f]{8} saved");
    assertThat(backup("-dry-run").out()).contains("no snapshot was made");
    assertThat(backup("-ignore-empty-snapshot").exit()).isZero();
  }

  @Test
  @DisplayName("backup prints restic's summary as its last JSON line, and nothing but JSON")
  void summary() throws Exception {
    JsonNode line = backup("-json").json();

    for (String number :
        List.of(
            "files_new",
            "files_changed",
            "files_unmodified",
            "files_removed",
            "files_failed",
            "files_skipped",
            "dirs_new",
            "dirs_changed",
            "dirs_unmodified",
            "dirs_removed",
            "data_blobs",
            "tree_blobs",
            "data_added",
            "data_added_packed",
            "total_files_processed",
            "total_bytes_processed",
            "graph_requests")) {
      assertThat(line.path(number).isIntegralNumber()).as(number).isTrue();
    }
    assertThat(line.path("message_type").asText()).isEqualTo("summary");
    assertThat(line.path("total_duration").isNumber()).isTrue();
    assertThat(line.path("throttled_seconds").isNumber()).isTrue();
    assertThat(line.path("snapshot_id").asText()).hasSize(64);
    assertThat(line.path("scan").asText()).isEqualTo("full");
    assertThat(line.path("source").path("type").asText()).isEqualTo("local");
    assertThat(line.path("source").path("path").asText()).isEqualTo(source.toString());
    assertThat(line.path("source").path("account").asText()).isNotEmpty();
    assertThat(line.path("failures").isArray()).isTrue();
  }

  @Test
  @DisplayName("prints one JSON document and nothing else where JSON was asked for")
  void onlyJson() throws Exception {
    assertThat(backup("-json").exit()).isZero();
    String target = directory.resolve("back").toString();
    List<List<String>> commands =
        List.of(
            List.of("list"),
            List.of("snapshots", "-group-by", "host,paths"),
            List.of("ls", "latest"),
            List.of("stats"),
            List.of("stats", "-mode", "raw-data"),
            List.of("check"),
            List.of("check", "-read-data"),
            List.of("cat", "config"),
            List.of("cat", "snapshot", "latest"),
            List.of("cat", "tree", "latest"),
            List.of("restore", "-output", target),
            List.of("unlock"),
            List.of("break-lock", "-remove-all"),
            List.of("version"),
            List.of("help"));
    for (List<String> command : commands) {
      Workplace.Run run =
          workplace.run(Stream.concat(command.stream(), Stream.of("-json")).toArray(String[]::new));

      assertThat(run.exit()).as("%s: %s", command, run.err()).isZero();
      assertThat(run.err()).as("%s", command).isEmpty();
      assertThat(JSON.readTree(run.out()).isContainerNode()).as("%s", command).isTrue();
    }
  }

  @Test
  @DisplayName("neutralises names that would act on the terminal")
  void hostileNames() throws Exception {
    Files.writeString(source.resolve("e\u001b[31m\u202egpj.exe"), "x");
    Files.writeString(source.resolve("two\nlines"), "x");
    assertThat(backup("-tag", "t\u001b[2J").exit()).isZero();

    for (String[] command :
        new String[][] {
          {"ls", "latest"},
          {"ls", "-long", "latest"},
          {"list"},
          {"restore", "-verbose", "-output", directory.resolve("r").toString()},
          {"ls", "latest", "/\u001b[31m"},
          {"\u001b[31m"},
          {"list", "-store", "local:/\u001b[31m/none"}
        }) {
      Workplace.Run run = workplace.run(command);

      assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u202e");
    }
    assertThat(workplace.run("ls", "latest").out()).contains("two\\x0alines");
  }

  @Test
  @DisplayName("ends with 10 where there is no repository, before it asks for a password")
  void noRepository() {
    workplace.with("CLOUDSTIC_PASSWORD", "").with("CLOUDSTIC_STORE", "local:/none/there");
    for (String[] command :
        new String[][] {
          {"backup", "-source", "local:" + source}, {"list"}, {"check"}, {"restore", "-output", "x"}
        }) {
      Workplace.Run run = workplace.run(command);

      assertThat(run.exit()).as(command[0]).isEqualTo(10);
      assertThat(run.err())
          .isEqualTo(
              "cloudstic: there is no repository at local:/none/there\n"
                  + "  make one with: cloudstic init -store local:/none/there\n");
    }
  }

  @Test
  @DisplayName("ends with 12 for a wrong password, also of a backup through the routes")
  void wrongPassword() {
    workplace.with("CLOUDSTIC_PASSWORD", "wrong");

    assertThat(workplace.run("list").exit()).isEqualTo(12);
    Workplace.Run run = backup("-json");
    assertThat(run.exit()).isEqualTo(12);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.json().path("code").asInt()).isEqualTo(12);
  }

  @Test
  @DisplayName("ends with 11 while somebody else holds the repository, and says how to go on")
  void locked() throws Exception {
    try (Repository other =
            Repository.open(
                new LocalStore(workplace.repository()),
                Workplace.PASSWORD.toCharArray(),
                RepositoryEnvironment.system(Clock.systemUTC(), new Stop()));
        var held = other.lock(LockKind.EXCLUSIVE)) {
      Workplace.Run run = backup();

      assertThat(run.exit()).isEqualTo(11);
      assertThat(run.err()).contains("is locked exclusively by", "cloudstic unlock");
      assertThat(workplace.run("unlock").out()).isEqualTo("Removed 0 locks\n");
      assertThat(workplace.run("unlock", "-remove-all").out()).isEqualTo("Removed 1 lock\n");
    }
    assertThat(backup().exit()).isZero();
    assertThat(workplace.locks()).isEmpty();
  }

  @Test
  @DisplayName("ends with 14 when the repository is damaged")
  void damaged() throws Exception {
    assertThat(backup().exit()).isZero();
    try (Stream<Path> files = Files.walk(workplace.repository().resolve("data"))) {
      for (Path pack : files.filter(Files::isRegularFile).toList()) {
        pack.toFile().setWritable(true);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[10] ^= 1;
        Files.write(pack, bytes);
      }
    }

    assertThat(workplace.run("check", "-read-data").exit()).isEqualTo(14);
    Workplace.Run json = workplace.run("check", "-read-data", "-json");
    assertThat(json.exit()).isEqualTo(14);
    for (String line : json.out().lines().toList()) {
      assertThat(JSON.readTree(line).has("message_type")).as(line).isTrue();
    }
    Workplace.Run ls = workplace.run("ls", "latest", "-json");
    assertThat(ls.exit()).isEqualTo(14);
    List<JsonNode> documents =
        JSON.readValues(JSON.createParser(ls.out()), JsonNode.class).readAll();
    assertThat(documents).hasSize(1);
    JsonNode last = documents.get(0).path(documents.get(0).size() - 1);
    assertThat(last.path("message_type").asText()).isEqualTo("exit_error");
    assertThat(last.path("code").asInt()).isEqualTo(14);
  }

  @Test
  @DisplayName("ends with 13 without a sign-in, in words and without a trace")
  void notSignedIn() {
    Workplace.Run run =
        workplace
            .with("ONEDRIVE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")
            .run("backup", "-source", "onedrive-changes");

    assertThat(run.exit()).isEqualTo(13);
    assertThat(run.err()).startsWith("cloudstic: you are not signed in").contains("auth login");
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  @DisplayName("ends with 130 when it is stopped, and leaves no lock")
  void stopped() throws Exception {
    Stop stop = new Stop();
    stop.ask();

    for (String[] command :
        new String[][] {
          {"backup", "-source", "local:" + source},
          {"check", "-read-data"},
          {"restore", "-output", directory.resolve("r").toString()},
          {"simulate", "-files", "1"},
          {"serve", "-source", "local:" + source}
        }) {
      assertThat(workplace.run(stop, command).exit()).as(command[0]).isEqualTo(130);
    }
    assertThat(workplace.locks()).isEmpty();
  }

  @Test
  @DisplayName("init refuses where a repository is, and saves the password for others to use")
  void init() throws Exception {
    assertThat(workplace.run("init").exit()).isEqualTo(1);
    assertThat(workplace.run("init").err()).contains("there is a repository already at local:");

    workplace.with("CLOUDSTIC_STORE", "local:" + directory.resolve("second"));
    assertThat(workplace.run("init", "-save-password").exit()).isZero();
    assertThat(workplace.config().resolve("password")).hasContent(Workplace.PASSWORD);
    workplace.with("CLOUDSTIC_PASSWORD", "");
    assertThat(workplace.run("list").exit()).isZero();
    assertThat(
            workplace
                .run(
                    "init",
                    "-password",
                    "x",
                    "-store",
                    "local:" + directory + "/third",
                    "-save-password")
                .exit())
        .isEqualTo(1);
    assertThat(directory.resolve("third/config")).doesNotExist();
    Files.delete(workplace.config().resolve("password"));
  }

  @Test
  @DisplayName("takes each setting from its flag, else its variable, else application.properties")
  void precedence() throws Exception {
    Path properties = workplace.config().resolve("application.properties");
    Files.writeString(
        properties, "cloudstic.store=local:/from/properties\n", StandardCharsets.UTF_8);

    assertThat(workplace.run("list").exit()).isZero();
    assertThat(workplace.run("list", "-store", "local:/from/flag").err())
        .contains("local:/from/flag");
    workplace.with("CLOUDSTIC_STORE", "");
    assertThat(workplace.run("list").err()).contains("local:/from/properties");
    workplace.with("CLOUDSTIC_STORE", "local").with("CLOUDSTIC_STORE_PATH", "/from/pair");
    assertThat(workplace.run("list").err()).contains("local:/from/pair");
    workplace.with("CLOUDSTIC_STORE", "").with("CLOUDSTIC_STORE_PATH", "");
    Files.delete(properties);
    assertThat(workplace.run("list").err()).contains("local:./backup_store");
  }

  @Test
  @DisplayName("takes the last of a flag that is given twice, as restic does")
  void givenTwice() {
    assertThat(backup().exit()).isZero();

    Workplace.Run run =
        workplace.run("forget", "-keep-last", "0", "-dry-run", "-keep-last", "5", "-dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("keep 5 latest snapshots");
  }

  @Test
  @DisplayName("fails with 1 when what is to be shown is not there, and with 2 when that is no id")
  void nothingToShow() {
    String none = "0".repeat(64);
    for (String kind : List.of("snapshot", "index", "lock", "key", "tree", "blob", "pack")) {
      Workplace.Run run = workplace.run("cat", kind, none);
      assertThat(run.exit()).as("%s: %s", kind, run.err()).isEqualTo(1);
    }
    assertThat(workplace.run("cat", "blob", "xyz").exit()).isEqualTo(2);
    assertThat(workplace.run("cat", "nonsense", none).exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("demo refuses a directory that is not empty")
  void demo() {
    Workplace.Run run = workplace.run("demo", source.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("is not empty");
  }
}
