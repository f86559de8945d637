package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The doctor")
@Timeout(120)
class DoctorTest {
  @TempDir Path directory;
  private Simulator simulator;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(13).files(3));
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Map<String, String> verdicts(int exit) {
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode check : workplace.run(exit, "doctor", "-json").json().path("checks")) {
      verdicts.put(check.path("name").asText(), check.path("status").asText());
      assertThat(check.path("status").asText().equals("pass"))
          .as("%s has a remedy unless it is well", check)
          .isNotEqualTo(check.has("remedy"));
    }
    return verdicts;
  }

  @Test
  @DisplayName("passes everything where everything is well, and leaves nothing behind")
  void healthy() throws Exception {
    Map<String, String> before = workplace.repositoryListing();
    assertThat(verdicts(0))
        .containsOnlyKeys(
            "Graph",
            "cache",
            "clock",
            "configuration",
            "locks",
            "repository",
            "restic",
            "sign-in",
            "snapshots",
            "store: conditional write",
            "store: delete",
            "store: listing",
            "store: ranges",
            "store: read",
            "store: write")
        .allSatisfy((name, verdict) -> assertThat(verdict).as(name).isEqualTo("pass"));
    assertThat(workplace.repositoryListing()).isEqualTo(before);
    assertThat(workplace.repository().resolve("cloudstic-doctor")).doesNotExist();
    assertThat(workplace.run(0, "doctor").out()).contains("0 failed", "megan.bowen@contoso");
  }

  @Test
  @DisplayName("fails a missing sign-in and still looks at the rest")
  void noSignIn() {
    workplace.run(0, "auth", "logout");
    assertThat(verdicts(1))
        .containsEntry("sign-in", "fail")
        .doesNotContainKey("Graph")
        .containsEntry("repository", "pass");
    assertThat(workplace.run(1, "doctor").out()).contains("cloudstic auth login");
  }

  @Test
  @DisplayName("fails a Graph that refuses, a password that is wrong, and a cache that is a file")
  void troubles() throws Exception {
    simulator
        .faults()
        .on("graph GET .*/me/drive")
        .then(Effect.graphError(403, "accessDenied", "no"));
    Path file = Files.writeString(directory.resolve("file"), "x");
    Files.writeString(workplace.config().resolve("profiles.yaml"), "profiles: [");
    workplace
        .with("CLOUDSTIC_PASSWORD", "another password")
        .with("CLOUDSTIC_CACHE_DIR", file.resolve("cache").toString());
    assertThat(verdicts(1))
        .containsEntry("Graph", "fail")
        .containsEntry("repository", "fail")
        .containsEntry("cache", "fail")
        .containsEntry("profiles", "fail")
        .containsEntry("store: write", "pass");
  }

  @Test
  @DisplayName("warns of a repository that is not there, and makes none")
  void noRepository() {
    Path nowhere = directory.resolve("nowhere");
    workplace.with("CLOUDSTIC_STORE", "local:" + nowhere);
    assertThat(verdicts(0)).containsEntry("repository", "warn");
    assertThat(nowhere).doesNotExist();
  }
}
