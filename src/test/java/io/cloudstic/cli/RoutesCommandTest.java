package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("routes")
@Timeout(300)
class RoutesCommandTest {
  @TempDir Path directory;

  private Workplace workplace;
  private Path routes;

  @BeforeEach
  void copyRoutes() throws Exception {
    workplace = Workplace.empty(directory.resolve("work"));
    routes = Files.createDirectory(directory.resolve("routes"));
    try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    workplace.with("CLOUDSTIC_ROUTES_DIR", routes.toString());
  }

  @Test
  @DisplayName("are checked, listed and drawn without a repository and without a sign-in")
  void shipped() throws Exception {
    assertThat(workplace.run(0, "routes", "check").out()).contains("no mistake");
    JsonNode listed = workplace.run(0, "routes", "list", "-json").json();
    List<String> files =
        listed.findValuesAsText("file").stream().map(f -> f.replaceFirst(".*/", "")).toList();
    assertThat(files)
        .contains("backup.camel.yaml", "schedule.camel.yaml", "store-local.camel.yaml")
        .contains("store-s3.camel.yaml", "graph.camel.yaml");
    assertThat(listed.findValuesAsText("from")).contains("direct:backup", "direct:graph");
    assertThat(listed.findValues("line")).allMatch(line -> line.asInt() > 0);
    assertThat(workplace.run(0, "routes", "list").out())
        .containsPattern("backup +direct:backup +backup.camel.yaml:\\d+");

    String chart = workplace.run(0, "routes", "diagram").out();
    assertThat(chart).startsWith("flowchart TD\n").contains("backup-scan<br/>direct:scan");
    assertThat(chart.lines().filter(line -> line.strip().startsWith("subgraph")))
        .hasSize(listed.size());
    assertThat(chart.lines().filter(line -> line.strip().equals("end"))).hasSize(listed.size());
    assertThat(chart).contains(" -.-> ");
    String one = workplace.run(0, "routes", "diagram", "backup").out();
    assertThat(one).contains("backup-commit").doesNotContain("graph-http");
    workplace.run(2, "routes", "diagram", "nothing");
    workplace.run(2, "routes", "dance");
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule | uri: direct:backup | uri: direct:backpu | direct:backpu",
        "store-s3 | aws2-s3: | aws2-s4: | aws2-s4",
        "backup | uri: restic:open | uri: restic:open?colour=red | colour",
      })
  @DisplayName("with a mistake are refused with file, line and reason")
  void mistakes(String file, String before, String after, String named) throws Exception {
    Path route = routes.resolve(file + ".camel.yaml");
    String text = Files.readString(route);
    assertThat(text).contains(before);
    Files.writeString(route, text.replace(before, after));
    Workplace.Run run = workplace.run(2, "routes", "check");
    assertThat(run.err()).contains(file + ".camel.yaml:").contains(named);
    assertThat(run.err()).doesNotContain("\tat ");
  }
}
