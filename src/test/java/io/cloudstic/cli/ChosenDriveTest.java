package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which drive a backup reads, and how its snapshot is called. */
@DisplayName("The drive of a backup")
@Timeout(300)
class ChosenDriveTest {
  private static final String ADELE = "87d349ed-44d7-43e1-9a83-5f2406dee5bd";

  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel own;
  private DriveModel adele;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(options(AccountType.BUSINESS).clientSecret("s3cret+/="));
    own = simulator.model();
    own.put("/own.txt", "own");
    adele = simulator.addUser(ADELE, "AdeleV@contoso.example", 31);
    adele.put("/adele.txt", "adele");
    adele.put("/office/plan.txt", "plan");
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static SimulatorOptions options(AccountType type) {
    return SimulatorOptions.lifelike().accountType(type).limits(Limits.NONE).seed(30);
  }

  private void signInAsApp() throws Exception {
    Files.delete(workplace.config().resolve("onedrive_token.json"));
    workplace
        .with("ONEDRIVE_TENANT", "contoso.example")
        .with("ONEDRIVE_CLIENT_SECRET", "s3cret+/=");
  }

  private JsonNode newest() throws Exception {
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    return snapshots.get(snapshots.size() - 1);
  }

  private void assertSnapshot(String host, String path, FileState state) throws Exception {
    JsonNode snapshot = newest();
    assertThat(snapshot.path("hostname").asText()).isEqualTo(host);
    assertThat(snapshot.path("paths").path(0).asText()).isEqualTo(path);
    assertThat(snapshot.path("paths")).hasSize(1);
    assertThat(state.differences(FileState.of(workplace.restore("latest")))).isEmpty();
  }

  @Test
  @DisplayName("is, for an app, that of the user who is named, by name or id, and never /me")
  void app_with_user() throws Exception {
    signInAsApp();
    simulator.faults().on("graph GET .*/me(/.*)?$").then(new Effect.Reset());
    JsonNode first = workplace.backup("onedrive-changes", "-user", "adelev@contoso.example");
    assertThat(first.path("source").path("account").asText()).isEqualTo("AdeleV@contoso.example");
    assertSnapshot("AdeleV@contoso.example", "onedrive:/", FileState.of(adele));

    adele.put("/more.txt", "more");
    JsonNode second = workplace.backup("onedrive-changes", "-user", ADELE);
    assertThat(second.path("scan").asText()).isEqualTo("delta");
    assertThat(second.path("files_new").asInt()).isOne();
    workplace.backup("onedrive-changes:/office", "-user", ADELE);
    assertSnapshot(
        "AdeleV@contoso.example", "onedrive:/office", FileState.of(adele).below("/office"));
    workplace.backup("onedrive", "-user", ADELE, "-drive-id", adele.driveId());
    assertSnapshot("AdeleV@contoso.example", "onedrive:/", FileState.of(adele));
  }

  @Test
  @DisplayName("is, for an app that may not read users, called after the owner that it shows")
  void app_without_directory_rights() throws Exception {
    signInAsApp();
    simulator
        .faults()
        .on("graph GET .*/users/[^/]*$")
        .then(
            new Effect.Answer(
                403,
                "application/json",
                "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}",
                Map.of()));
    workplace.backup("onedrive-changes", "-user", ADELE);
    assertSnapshot("AdeleV@contoso.example", "onedrive:/", FileState.of(adele));
    workplace.backup("onedrive-changes", "-drive-id", adele.driveId());
    assertSnapshot(
        "AdeleV@contoso.example", "onedrive://" + adele.driveId() + "/", FileState.of(adele));
  }

  @Test
  @DisplayName("has to be named for an app, by an id that exists, of a user that exists")
  void app_must_choose() throws Exception {
    signInAsApp();
    simulator.statistics().reset();
    assertThat(workplace.run(2, "backup", "-source", "onedrive-changes").err())
        .contains("-user", "-drive-id");
    assertThat(workplace.run(2, "backup", "-source", "onedrive", "-drive-id", "b!nothing").err())
        .contains("b!nothing")
        .doesNotContain("Exception");
    assertThat(workplace.run(2, "backup", "-source", "onedrive", "-user", "nobody@x").err())
        .contains("nobody@x")
        .doesNotContain("Exception");
    assertThat(workplace.run(2, "backup", "-source", "local:/tmp", "-user", "nobody@x").err())
        .contains("-user");
    assertThat(workplace.restic().json("snapshots", "--json")).isEmpty();
  }

  @Test
  @DisplayName("can be one of several by name, without regard to case, or by id")
  void by_name() throws Exception {
    DriveModel archive = simulator.addDrive(77, "Archive");
    archive.put("/old.txt", "old");
    workplace.backup("onedrive-changes://archive");
    assertSnapshot("megan.bowen@contoso.example", "onedrive://Archive/", FileState.of(archive));
    workplace.backup("onedrive-changes", "-drive-id", own.driveId());
    assertSnapshot("megan.bowen@contoso.example", "onedrive:/", FileState.of(own));
    workplace.backup("onedrive-changes", "-user", ADELE);
    assertSnapshot("AdeleV@contoso.example", "onedrive:/", FileState.of(adele));
  }

  @Test
  @DisplayName("is refused with the candidates when its name is unknown or ambiguous")
  void candidates() throws Exception {
    DriveModel one = simulator.addDrive(77, "Archive");
    DriveModel two = simulator.addDrive(78, "Archive");
    String ambiguous = workplace.run(2, "backup", "-source", "onedrive://Archive").err();
    assertThat(ambiguous).contains(one.driveId(), two.driveId()).doesNotContain(own.driveId());
    String unknown = workplace.run(2, "backup", "-source", "onedrive://Nowhere/x").err();
    assertThat(unknown).contains("Nowhere", one.driveId(), two.driveId(), own.driveId());
    String twice =
        workplace.run(2, "backup", "-source", "onedrive://Archive", "-drive-id", "x").err();
    assertThat(twice).contains("-drive-id");
    two.put("/second.txt", "second");
    workplace.backup("onedrive", "-drive-id", two.driveId());
    assertSnapshot(
        "megan.bowen@contoso.example", "onedrive://" + two.driveId() + "/", FileState.of(two));
  }

  @Test
  @DisplayName("is the same whatever the spelling of a personal id, and whatever its owner's name")
  void spellings() throws Exception {
    try (Simulator personal = Simulator.start(options(AccountType.PERSONAL))) {
      workplace.on(personal);
      DriveModel second = personal.addDrive(79, "Archive");
      second.put("/a.txt", "a");
      workplace.backup("onedrive-changes", "-drive-id", second.driveId());
      String path = newest().path("paths").path(0).asText();
      String other = second.driveId().toUpperCase(Locale.ROOT).replaceFirst("^0+", "");
      JsonNode again = workplace.backup("onedrive-changes", "-drive-id", other);
      assertThat(again.path("scan").asText()).isEqualTo("delta");
      assertThat(newest().path("paths").path(0).asText()).isEqualTo(path);
    }
  }

  @Test
  @DisplayName("that replaces another of the same name begins anew, and says so")
  void replaced() throws Exception {
    workplace.backup("onedrive-changes");
    try (Simulator replaced = Simulator.start(options(AccountType.BUSINESS).seed(99))) {
      replaced.model().put("/own.txt", "other");
      workplace.on(replaced);
      Workplace.Run run = workplace.run(0, "backup", "-source", "onedrive-changes");
      assertThat(run.out() + run.err()).contains("another drive").contains("1 new");
      assertThat(newest().has("parent")).isFalse();
    }
  }

  @Test
  @DisplayName("keeps its lineage when its owner is renamed")
  void renamed() throws Exception {
    workplace.backup("onedrive-changes");
    try (Simulator renamed =
        Simulator.start(
            options(AccountType.BUSINESS).userPrincipalName("megan.smith@contoso.example"))) {
      renamed.model().put("/own.txt", "own");
      workplace.on(renamed);
      renamed.statistics().reset();
      JsonNode run = workplace.backup("onedrive-changes");
      assertThat(run.path("files_unmodified").asInt() + run.path("files_changed").asInt()).isOne();
      assertThat(newest().path("hostname").asText()).isEqualTo("megan.smith@contoso.example");
      assertThat(newest().has("parent")).isTrue();
    }
  }
}
