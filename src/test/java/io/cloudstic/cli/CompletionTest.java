package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A completion script")
class CompletionTest {
  @TempDir Path directory;

  private String script(String shell) throws Exception {
    Workplace.Run run = Workplace.empty(directory).run("completion", shell);
    assertThat(run.exit()).isZero();
    return run.out();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "li                        | list",
        "snap                      | snapshots",
        "-store local:x bac        | backup",
        "list -la                  | -latest",
        "list --la                 | --latest",
        "snapshots -group          | -group-by",
        "restore -overwrite if-    | if-changed if-newer",
        "backup -source one        | onedrive onedrive-changes",
        "cat sn                    | snapshot",
        "auth log                  | login logout",
        "help unl                  | unlock",
        "restore -output plain     | plain_file",
      })
  @DisplayName("for bash offers commands, flags, values and files")
  void bash(String line, String offered) throws Exception {
    Path file = Files.writeString(directory.resolve("completion.bash"), script("bash"));
    Files.createFile(directory.resolve("plain_file"));
    String drive =
        "source "
            + file
            + "; COMP_WORDS=(cloudstic "
            + line.strip()
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cloudstic; echo \"${COMPREPLY[*]}\"";

    Process process =
        new ProcessBuilder("bash", "--norc", "-c", drive)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.strip()).isEqualTo(offered.strip());
  }

  @Test
  @DisplayName("for zsh is that of bash with zsh's bridge")
  void zsh() throws Exception {
    assertThat(script("zsh"))
        .startsWith("#compdef cloudstic\n")
        .contains("bashcompinit", script("bash"));
  }

  @Test
  @DisplayName("for fish names each command and flag once, with its meaning")
  void fish() throws Exception {
    assertThat(script("fish").lines())
        .allMatch(line -> line.startsWith("complete -c cloudstic -n "))
        .contains(
            "complete -c cloudstic -n __fish_use_subcommand -f -a list -d 'list the snapshots'")
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("gets snapshot ids and profile names, without a password and without a word")
  void names() throws Exception {
    Workplace workplace = Workplace.in(directory);
    Path some = Files.createDirectories(directory.resolve("some"));
    Files.writeString(some.resolve("file"), "x");
    String id = workplace.backup("local:" + some).path("snapshot_id").asText();
    Files.writeString(
        workplace.config().resolve("profiles.yaml"),
        "# mine\nprofiles:\n  home:\n    source: onedrive\n  work.2: {source: onedrive}\n");
    workplace.with("CLOUDSTIC_PASSWORD", "");
    workplace.run(
        0,
        "profile",
        "new",
        "here",
        "-source",
        "onedrive",
        "-store",
        "local:" + workplace.repository());
    assertThat(workplace.run(0, "complete", "snapshots").out().lines())
        .containsExactlyInAnyOrder(id.substring(0, 8), "latest");
    assertThat(workplace.run(0, "complete", "profiles", "cloudstic backup -profile ").out().lines())
        .containsExactly("here", "home", "work.2");
    assertThat(
            workplace
                .with("CLOUDSTIC_STORE", "local:/nowhere")
                .run(0, "complete", "snapshots", "cloudstic -profile here ls ")
                .out())
        .contains(id.substring(0, 8));
    Workplace.Run elsewhere =
        workplace.run(0, "complete", "snapshots", "cloudstic -store local:/nowhere restore ");
    assertThat(elsewhere.out() + elsewhere.err()).isEmpty();
    assertThat(workplace.run(0, "help").out()).doesNotContain("completion scripts");
  }

  @Test
  @DisplayName("for bash asks for names only where one can stand")
  void asks() throws Exception {
    Path file = Files.writeString(directory.resolve("completion.bash"), script("bash"));
    Path program = directory.resolve("cloudstic");
    Files.writeString(program, "#!/bin/sh\necho 1234abcd latest work\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(offered(file, "restore l")).isEqualTo("latest");
    assertThat(offered(file, "diff 1")).isEqualTo("1234abcd");
    assertThat(offered(file, "backup -profile w")).isEqualTo("work");
    assertThat(offered(file, "profile show w")).isEqualTo("work");
    assertThat(offered(file, "list l")).isEmpty();
  }

  private String offered(Path script, String line) throws Exception {
    String drive =
        "PATH=$PWD:$PATH; source %s; COMP_LINE='cloudstic %s'; COMP_WORDS=(cloudstic %s);"
                .formatted(script, line, line)
            + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cloudstic; echo \"${COMPREPLY[*]}\"";
    Process process =
        new ProcessBuilder("bash", "--norc", "-c", drive)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
