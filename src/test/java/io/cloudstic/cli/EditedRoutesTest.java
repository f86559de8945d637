package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.graph.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that the user has changed. */
@DisplayName("A backup through the user's own routes")
@Timeout(300)
class EditedRoutesTest {
  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;
  private Path routes;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(51));
    drive = simulator.model();
    drive.put("/small.txt", "small");
    drive.put("/folder/film.mp4", new GeneratedContent(1, 200_000, false));
    drive.put("/folder/note.txt", "note");
    workplace = Workplace.in(directory.resolve("work")).on(simulator);
    routes = Files.createDirectory(directory.resolve("routes"));
    try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    workplace.with("CLOUDSTIC_ROUTES_DIR", routes.toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  @DisplayName("leaves out what a condition of theirs leaves out, and says so")
  void filtered() throws Exception {
    String plain = "${exchangeProperty.CloudsticFetching}";
    edit("backup", plain, plain + " && ${body.size} < 100000");
    JsonNode first = workplace.backup("onedrive-changes");
    assertThat(first.path("files_skipped").asInt()).isOne();
    assertThat(first.path("failures")).isEmpty();
    assertThat(first.path("left_out").toString()).contains("film.mp4");
    FileState some = FileState.of(drive, path -> !path.endsWith(".mp4"));
    workplace.assertBothRestore(some);

    drive.put("/folder/late.mp4", new GeneratedContent(2, 300_000, false));
    assertThat(workplace.backup("onedrive-changes").path("files_skipped").asInt()).isPositive();
    workplace.assertBothRestore(some);

    edit("backup", " && ${body.size} < 100000", "");
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
  }

  @Test
  @DisplayName("can decide by the path of a file, which is whole on a first run too")
  void filteredByPath() throws Exception {
    for (int i = 0; i < 40; i++) {
      drive.put("/folder/sub " + i % 7 + "/deep/" + i + ".txt", "text " + i);
    }
    String plain = "${exchangeProperty.CloudsticFetching}";
    edit("backup", plain, plain + " && ${body.path} !contains '/folder/'");
    JsonNode first = workplace.backup("onedrive-changes");
    assertThat(first.path("files_skipped").asInt()).isEqualTo(42);
    assertThat(first.path("left_out").toString()).contains("/folder/sub 3/deep/");
    workplace.assertBothRestore(
        FileState.of(drive, path -> !path.startsWith("/folder/") || !path.contains(".")));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "backup | uri: direct:file | uri: direct:flie | direct:flie",
        "backup | steps: | stepz: | stepz",
        "backup | uri: restic:open | uri: restic:open?colour=red | colour",
        "file   | direct:file-once | direct:file-twice | direct:file-",
      })
  @DisplayName("is refused with file, line and reason before anything is touched")
  void broken(String file, String before, String after, String named) throws Exception {
    edit(file, before, after);
    Map<String, String> listing = workplace.repositoryListing();
    simulator.statistics().reset();
    Workplace.Run run = workplace.run(2, "backup", "-source", "onedrive-changes");
    assertThat(run.err()).contains(file + ".camel.yaml:").contains(named);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(workplace.repositoryListing()).isEqualTo(listing);
    assertThat(simulator.statistics().calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "onedrive", "onedrive-changes"})
  @DisplayName("tells why a file ended it, however long their steps after that take")
  void slowToFail(String kind) throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    for (int i = 0; i < 400; i++) {
      drive.put("/many/" + i + ".txt", "text " + i);
      Files.writeString(data.resolve(i + ".txt"), "text " + i);
    }
    edit(
        "backup",
        "- filter:\n                              id: backup-wanted",
        """
        - filter:
                                      id: a-bad-one
                                      simple: "${body.path} contains '7'"
                                      steps:
                                        - throwException:
                                            exceptionType: java.lang.IllegalStateException
                                            message: a step of their own
                                  - filter:
                                      id: backup-wanted\
        """);
    edit(
        "backup",
        "                              - to:\n                                  id: backup-failed",
        """
                                      - doTry:
                                          steps:
                                            - to: restic:failed
                                          doFinally:
                                            steps:
                                              - delay: {simple: "500"}
                                      - to:
                                          id: backup-failed\
        """);
    String source = kind.equals("local") ? "local:" + data : kind;

    Workplace.Run run = workplace.run(1, "backup", "-source", source, "-concurrency", "3");

    assertThat(run.err()).contains("a step of their own");
    assertThat(workplace.run(0, "list", "-json").json()).isEmpty();
    assertThat(workplace.locks()).isEmpty();
  }

  private void edit(String file, String before, String after) throws IOException {
    Path route = routes.resolve(file + ".camel.yaml");
    String text = Files.readString(route);
    assertThat(text).contains(before);
    int at = text.indexOf(before);
    Files.writeString(route, text.substring(0, at) + after + text.substring(at + before.length()));
  }
}
