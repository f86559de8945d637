package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What simulate prints")
class AnnouncementTest {
  @Test
  @DisplayName("is a shell script that sets the variables, and names the seed")
  void text() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(9).seed(77))) {
      assertThat(new Announcement(simulator).text().lines())
          .allMatch(line -> line.startsWith("#") || line.startsWith("export "))
          .contains(
              "export CLOUDSTIC_GRAPH_URL=" + simulator.graphUrl(),
              "export CLOUDSTIC_AUTHORITY_URL=" + simulator.authorityUrl(),
              "export ONEDRIVE_CLIENT_ID=" + simulator.clientId())
          .anyMatch(line -> line.contains("10 items") && line.contains("seed 77"));
    }
  }
}
