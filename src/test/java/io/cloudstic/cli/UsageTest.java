package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

@DisplayName("The command line")
class UsageTest {
  @TempDir Path directory;
  private Workplace workplace;

  @BeforeEach
  void begin() throws Exception {
    workplace = Workplace.empty(directory);
  }

  private Workplace.Run run(String... arguments) {
    return workplace.run(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-help", "--help", "-h", "help"})
  @DisplayName("shows an overview on stdout when asked for help")
  void overview(String flag) {
    Workplace.Run run = run(flag);

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Backs up Microsoft OneDrive");
    assertThat(run.out().lines().map(String::strip).map(line -> line.split(" ")[0]))
        .containsAll(Catalog.commands().keySet());
  }

  @Test
  @DisplayName("shows the overview on stderr, as a mistake, when nothing is asked for")
  void nothingAsked() {
    Workplace.Run run = run();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: cloudstic COMMAND");
  }

  @Test
  @DisplayName("shows the help of each command in three ways, always with examples")
  void helpOfEach() {
    for (String name : Catalog.commands().keySet()) {
      Workplace.Run run = run(name, "-help");

      assertThat(run.exit()).as(name).isZero();
      assertThat(run.err()).as(name).isEmpty();
      assertThat(run.out())
          .as(name)
          .startsWith("Usage: cloudstic " + name)
          .contains("\nExamples:\n  cloudstic " + name, "Global flags:", "-store URI");
      assertThat(run("help", name).out()).isEqualTo(run.out());
      assertThat(run("--help", name).out()).isEqualTo(run.out());
    }
  }

  @Test
  @DisplayName("says in the help of each command what its arguments are, in lines that fit")
  void helpIsReadable() {
    for (String name : Catalog.commands().keySet()) {
      Workplace.Run run = run("help", name);
      assertThat(run.out().lines())
          .as(name)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
          .noneMatch(line -> line.contains("%%"));
      for (JsonNode argument : run("help", name, "-json").json().path("arguments")) {
        assertThat(argument.path("description").asText()).as("%s %s", name, argument).isNotBlank();
      }
    }
    assertThat(run("help", "restore").out()).contains("Arguments:\n  [SNAPSHOT[:SUBPATH]]");
    assertThat(run("help", "break-lock").out()).contains("also called: break-lock");
    assertThat(run("help").out()).contains("Exit codes: 0 done", "a .zip file or OneDrive");
  }

  @Test
  @DisplayName("gives help as JSON as well")
  void helpAsJson() {
    JsonNode backup = run("help", "backup", "-json").json();

    assertThat(backup.path("name").asText()).isEqualTo("backup");
    assertThat(backup.findValuesAsText("name")).contains("exclude", "source", "json");
    assertThat(run("-help", "-json").json().path("commands")).hasSizeGreaterThan(10);
    assertThat(run("-version", "-json").json().has("version")).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "lst                      | unknown command: lst              | did you mean: cloudstic list",
        "snapshot                 | unknown command: snapshot         | did you mean: cloudstic snapshots",
        "help bakcup              | unknown command: bakcup           | did you mean: cloudstic backup",
        "xy                       | unknown command: xy               | see: cloudstic help",
        "frobnicate -keep-last 1  | unknown command: frobnicate       | see: cloudstic help",
        "list -lates 1            | unknown flag of list: -lates      | did you mean: -latest",
        "list --lates=1           | unknown flag of list: --lates=1   | did you mean: -latest",
        "backup -nonsense         | unknown flag of backup: -nonsense | see: cloudstic backup -help",
        "restore -wipe            | unknown flag of restore: -wipe    | see: cloudstic restore -help",
        "dump                     | missing: SNAPSHOT PATH            | see: cloudstic dump -help",
        "dump a b c               | one argument too many for dump: c | see: cloudstic dump -help",
        "list -store              | missing required parameter for option '-store' (URI) | see: cloudstic list -help",
        "list -latest x           | invalid value for option '-latest': 'x' is not an int | see: cloudstic list -help",
        "list -profile home       | there is no profile \"home\"      | make one with: cloudstic profile new NAME",
        "cat foo                  | cat foo is unknown                | one of: config, snapshot",
        "cat snapshot             | cat snapshot needs an id          | cloudstic cat snapshot ID",
        "restore                  | restore where to?                 | give -output DIR",
        "auth nod                 | auth nod is unknown               | auth login",
        "completion tcsh          | unknown shell: tcsh               | one of: bash, zsh, fish",
        "dump a b -json           | -json does not go with dump       | leave it out",
        "list -store ftp:x        | not a store: \"ftp:x\"            | write local:PATH",
        "backup                   | nothing to back up is named       | give -source",
        "backup -source nonsense  | -source nonsense is not a source  | one of: onedrive",
      })
  @DisplayName("answers a mistake with exit code 2, what is wrong and what is right")
  void mistakes(String arguments, String message, String advice) {
    Workplace.Run run = run(arguments.strip().split(" +"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("cloudstic: " + message).contains("\n  ").contains(advice);
    assertThat(run.err()).doesNotContain("\tat ", "Exception");
    if (!arguments.contains("-json")) {
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  @DisplayName("prints a failure as one JSON line where JSON was asked for")
  void failureAsJson() {
    Workplace.Run run = run("list", "--json", "-bogus");

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.json().path("message_type").asText()).isEqualTo("exit_error");
    assertThat(run.json().path("code").asInt()).isEqualTo(2);
    assertThat(run.json().path("message").asText()).isEqualTo("unknown flag of list: -bogus");
    assertThat(run("-json").json().path("code").asInt()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "list -store local:DIR -json",
        "list --store local:DIR --json",
        "list -store=local:DIR -json",
        "list --store=local:DIR -json=true",
        "-store local:DIR -json list",
        "--store=local:DIR list --json",
        "-json -latest 2 -store local:DIR list",
      })
  @DisplayName("takes flags with one dash or two, with = or a blank, before or after the command")
  void flags(String arguments) {
    String other = directory.resolve("other place").toString();
    String[] words = arguments.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("DIR", other);
    }

    Workplace.Run run = run(words);

    assertThat(run.exit()).isEqualTo(10);
    assertThat(run.json().path("message").asText()).endsWith("local:" + other);
    assertThat(run.json().path("advice").asText()).contains("init -store 'local:" + other + "'");
  }

  @Test
  @DisplayName("knows before parsing which flags of which command take a value")
  void flagsWithValue() {
    TreeSet<String> withValue = new TreeSet<>();
    Catalog.commands()
        .forEach(
            (name, entry) ->
                Help.commandLine(name, entry.maker().get()).getCommandSpec().options().stream()
                    .filter(option -> option.arity().min() > 0)
                    .map(OptionSpec::shortestName)
                    .map(Arguments::flagName)
                    .forEach(withValue::add));

    assertThat(Arguments.WITH_VALUE).containsAll(withValue);
  }

  @Test
  @DisplayName("never gives the same flag a value in one command and none in another")
  void sameArity() {
    Catalog.commands()
        .forEach(
            (name, entry) ->
                Help.commandLine(name, entry.maker().get()).getCommandSpec().options().stream()
                    .filter(option -> option.arity().max() == 0)
                    .forEach(
                        option ->
                            assertThat(Arguments.WITH_VALUE)
                                .as(name)
                                .doesNotContain(Arguments.flagName(option.shortestName()))));
  }

  @Test
  @DisplayName("names commands that cannot be meant by a word of two letters")
  void closest() {
    assertThat(Arguments.closest("lz", List.of("ls", "list"))).contains("ls");
    assertThat(Arguments.closest("zz", List.of("ls", "cat"))).isEmpty();
    assertThat(Arguments.closest("chekc", List.of("check", "cat"))).contains("check");
  }
}
