package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.run.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named settings, and what uses them. */
@DisplayName("A profile")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class ProfileTest {
  @TempDir Path directory;

  private Workplace workplace;
  private Path data;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("letter.txt"), "letter");
    Files.writeString(data.resolve("cache.tmp"), "temporary");
    file = workplace.config().resolve("profiles.yaml");
  }

  private void write(String text) throws Exception {
    Files.writeString(file, text);
  }

  @Test
  @DisplayName("is made, shown, listed and removed, and the rest of the file stays as it is")
  void lifeOfAProfile() throws Exception {
    write(
        """
        # mine
        profiles:
            first:      # the old one
                source: local:/a # here
                store: 'local:/b'

            # about the second
            second:
                source: onedrive-changes
        """);
    Workplace.Run made =
        workplace.run(
            0,
            "profile",
            "new",
            "work",
            "-source",
            "local:" + data,
            "-store",
            "s3:bucket/x",
            "-password-from",
            "env:WORK_PASSWORD",
            "-exclude",
            "*.tmp",
            "-exclude",
            "a \"b\" \\",
            "-tag",
            "w",
            "-schedule",
            "0 30 2 * * ?",
            "-zone",
            "Europe/Berlin",
            "-keep-daily",
            "7",
            "-keep-within",
            "30d");
    assertThat(made.out()).isEqualTo("Made profile work in " + file + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(workplace.run(0, "profile", "show", "work").out())
        .isEqualTo(
            """
            work:
              source: "local:%s"
              store: "s3:bucket/x"
              password: "env:WORK_PASSWORD"
              excludes: ["*.tmp", "a \\"b\\" \\\\"]
              tags: ["w"]
              schedule: "0 30 2 * * ?"
              zone: "Europe/Berlin"
              retention:
                daily: "7"
                within: "30d"
            """
                .formatted(data));
    JsonNode json = workplace.run(0, "profile", "show", "work", "-json").json();
    assertThat(json.path("excludes").get(1).asText()).isEqualTo("a \"b\" \\");
    assertThat(json.path("retention").path("within").asText()).isEqualTo("30d");
    assertThat(workplace.run(0, "profile", "list").out())
        .containsSubsequence("Name", "first", "local:/a", "second", "work", "3 profiles");
    assertThat(workplace.run(0, "profile", "list", "-json").json()).hasSize(3);

    workplace.run(0, "profile", "remove", "first");
    String text = Files.readString(file);
    assertThat(text)
        .startsWith(
            """
            # mine
            profiles:

                # about the second
                second:
                    source: onedrive-changes
                work:
                  source: "local:
            """
                .stripTrailing());
    workplace.run(0, "profile", "remove", "work");
    workplace.run(0, "profile", "remove", "second");
    assertThat(workplace.run(0, "profile", "list").out()).isEqualTo("0 profiles\n");
    assertThat(Files.readString(file)).startsWith("# mine\nprofiles: {}\n").endsWith("\n");
    workplace.run(0, "profile", "new", "again", "-source", "onedrive");
    assertThat(workplace.run(0, "profile", "list", "-json").json()).hasSize(1);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "profiles:\\n  a:\\n    sauce: x            | :3: sauce is no setting",
        "profiles:\\n  a:\\n    source: [x, y]       | :3: source wants a text",
        "profiles:\\n  a:\\n    password: secret123  | :3: password: a profile holds no secrets",
        "profiles:\\n  a:\\n    retention:\\n      dayly: 7 | :4: retention.dayly is no rule",
        "profiles:\\n  a: b                          | :2: a wants lines of the form",
        "profiles:\\n  a: {source: x}\\n  a: {}      | :3: the profile a is there twice",
        "profiles:\\n  'a b': {}                     | :2: 'a b' is no name",
        "profile:\\n  a: {}                          | :1: profile is unknown",
        "profiles:\\n  a: [                          | this is not YAML",
      })
  @DisplayName("that is wrong is told with file, line and key")
  void mistakes(String text, String message) throws Exception {
    write(text.replace("\\n", "\n") + "\n");
    Workplace.Run run = workplace.run(2, "list", "-profile", "a");
    assertThat(run.err()).contains(file.toString(), message).doesNotContain("secret123");
    assertThat(Files.readString(file)).isEqualTo(text.replace("\\n", "\n") + "\n");
  }

  @Test
  @DisplayName("is not made of what no command would take, nor twice, nor with a secret")
  void refused() throws Exception {
    String[][] wrong = {
      {"-source", "somewhere"},
      {"-password-from", "correct-horse"},
      {"-schedule", "at night"},
      {"-zone", "Europe/Nowhere"},
      {"-password-file", "x"},
    };
    for (String[] flags : wrong) {
      Workplace.Run run = workplace.run(2, "profile", "new", "work", flags[0], flags[1]);
      assertThat(run.err()).doesNotContain("correct-horse");
    }
    assertThat(file).doesNotExist();
    workplace.run(0, "profile", "new", "work", "-source", "onedrive");
    assertThat(workplace.run(1, "profile", "new", "work", "-source", "onedrive").err())
        .contains("there is a profile \"work\" already");
    assertThat(workplace.run(2, "profile", "show", "home").err())
        .contains("there is no profile \"home\"", "there are: work");
    assertThat(workplace.run(2, "profile", "remove").err()).contains("needs a name");
  }

  @Test
  @DisplayName("stands behind flags and before the environment, and finds its secret")
  void precedence() throws Exception {
    Path password = Files.writeString(workplace.config().resolve("p.txt"), Workplace.PASSWORD);
    write(
        """
        profiles:
          work:
            source: local:%s
            store: local:%s
            password: file:p.txt
            excludes: '*.tmp'
            tags: [a, b]
            retention: {last: 1}
        """
            .formatted(data, workplace.repository()));
    workplace.with("CLOUDSTIC_STORE", "local:/nowhere").with("CLOUDSTIC_PASSWORD", "wrong");
    JsonNode summary = workplace.run(0, "backup", "-profile", "work", "-json").json();
    assertThat(summary.path("files_new").asInt()).isOne();
    workplace.run(0, "backup", "-profile=work", "-tag", "c", "-exclude", "none");
    JsonNode list = workplace.run(0, "list", "-profile", "work", "-json").json();
    assertThat(list.get(0).path("tags")).hasSize(2);
    assertThat(list.get(1).path("tags").get(0).asText()).isEqualTo("c");
    assertThat(workplace.run(0, "ls", "latest", "-profile", "work").out()).contains("cache.tmp");
    workplace.run(0, "backup", "-source", "local:" + workplace.config(), "-profile", "work");
    Path target = directory.resolve("target");
    workplace.run(0, "restore", "-profile", "work", "-output", target.toString());
    assertThat(target.resolve(data.toString().substring(1)).resolve("letter.txt")).exists();
    workplace.run(0, "forget", "-profile", "work");
    // One of the profile's source, and the one of another source that is none of its business.
    assertThat(workplace.run(0, "list", "-profile", "work", "-json").json()).hasSize(2);
    Files.delete(password);
    assertThat(workplace.run(2, "list", "-profile", "work").err()).contains("p.txt");
  }

  @Test
  @DisplayName("that fails does not keep the next from being backed up; the worst exit code counts")
  void allProfiles() throws Exception {
    write(
        """
        profiles:
          broken:
            source: local:%s
            store: local:%s/none
          rules: {retention: {last: 3}}
          work:
            source: local:%s
            tags: [w]
        """
            .formatted(data, directory, data));
    Workplace.Run run = workplace.run(10, "backup", "-all-profiles", "-tag", "x");
    assertThat(run.out()).containsSubsequence("Profile broken:", "Profile work:", " saved\n");
    assertThat(run.err()).contains("there is no repository at local:" + directory + "/none");
    JsonNode list = workplace.run(0, "list", "-json").json();
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("tags").get(0).asText()).isEqualTo("x");
    assertThat(workplace.run(2, "backup", "-all-profiles", "-profile", "work").err())
        .contains("does not go with -profile");
  }

  @Test
  @DisplayName("with a schedule is served by it, each for itself")
  void served() throws Exception {
    write(
        """
        profiles:
          one: {source: 'local:%s', tags: [one], schedule: '* * * * * ?', zone: Asia/Tokyo}
          two: {source: 'local:%s', tags: [two], schedule: '* * * * * ?'}
          never: {source: 'local:/none'}
        """
            .formatted(data, data));
    Stop stop = new Stop();
    CompletableFuture<Workplace.Run> serving =
        CompletableFuture.supplyAsync(() -> workplace.run(stop, "serve"));
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
      while (!hasSnapshotOf("one") || !hasSnapshotOf("two")) {
        assertThat(serving).isNotDone();
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(300);
      }
    } finally {
      stop.ask();
    }
    Workplace.Run run = serving.get(60, TimeUnit.SECONDS);
    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err())
        .contains("Serving: profile one, " + data + " by schedule * * * * * ?, Asia/Tokyo.")
        .doesNotContain("never");
    assertThat(workplace.locks()).isEmpty();
  }

  private boolean hasSnapshotOf(String tag) {
    return workplace.run(0, "list", "-tag", tag, "-json").json().size() > 0;
  }
}
