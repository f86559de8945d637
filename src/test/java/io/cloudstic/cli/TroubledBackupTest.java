package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import io.cloudstic.simulator.wire.Effect.RetryAfter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups on a bad day of the service, and of files that it does not give out. */
@DisplayName("A backup")
@Timeout(300)
class TroubledBackupTest {
  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(31).files(40));
    drive = simulator.model();
    drive.put("/trouble/file.txt", "first version");
    drive.put("/large.bin", new GeneratedContent(5, 2_500_000, false));
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  @DisplayName("comes through throttling, passing faults, cut downloads and expired links")
  void stormy() throws Exception {
    simulator
        .faults()
        .on("graph GET .*delta")
        .times(2)
        .then(new Effect.Throttle(429, Duration.ofSeconds(1), RetryAfter.SECONDS));
    simulator
        .faults()
        .on("graph GET .*delta")
        .fromMatch(3)
        .once()
        .then(new Effect.Throttle(503, Duration.ofSeconds(1), RetryAfter.DATE));
    simulator.faults().on("graph GET .*delta").fromMatch(4).once().then(Effect.html(502));
    simulator.faults().on("storage GET").fromMatch(3).times(2).then(new Effect.Cut(700));
    simulator.faults().on("storage GET").fromMatch(8).once().then(new Effect.Reset());
    simulator
        .faults()
        .on("storage GET")
        .fromMatch(11)
        .times(3)
        .then(new Effect.Download(DownloadFault.EXPIRED));
    simulator.faults().on("storage GET").fromMatch(16).once().then(Effect.html(500));
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(simulator.faults().unreached()).isEmpty();
    assertThat(summary.path("failures")).isEmpty();
    assertThat(summary.path("throttled_seconds").asDouble()).isGreaterThan(1);
    assertThat(simulator.statistics().callsDuringFence()).isZero();
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();
    workplace.assertNoSecretOnDisk();
    assertThat(simulator.statistics().tokensAtStorage()).isZero();
  }

  @Test
  @DisplayName("resumes a large download where it was cut")
  void resumed() throws Exception {
    simulator.faults().on("storage GET").times(2).then(new Effect.Cut(1_200_000));
    workplace.backup("onedrive-changes", "-concurrency", "1");
    workplace.assertBothRestore(FileState.of(drive));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = DownloadFault.class,
      names = {"HTML", "OTHER_BYTES"})
  @DisplayName("stores no bytes that are not the file's")
  void wrongBytes(DownloadFault fault) throws Exception {
    simulator.faults().on("storage GET").once().then(new Effect.Download(fault));
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(summary.path("files_failed").asInt()).isZero();
    workplace.assertBothRestore(FileState.of(drive));
  }

  @Test
  @DisplayName("marks and names bytes that were wrong twice, and fetches them anew with -full only")
  void wrongBytesTwice() throws Exception {
    workplace.backup("onedrive-changes");
    drive.edit(drive.at("/trouble/file.txt"), BytesContent.of("second version"));
    simulator
        .faults()
        .on("storage GET")
        .times(2)
        .then(new Effect.Download(DownloadFault.OTHER_BYTES));
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(summary.path("warnings").toString())
        .contains("does not match")
        .contains("trouble/file.txt");
    assertThat(workplace.run(0, "explain", "/trouble/file.txt").out())
        .contains("Graph serves other bytes than it announces, twice the same");

    simulator.statistics().reset();
    workplace.backup("onedrive-changes");
    workplace.backup("onedrive");
    assertThat(simulator.statistics().downloads()).isZero();

    JsonNode healed = workplace.backup("onedrive-changes", "-full");
    assertThat(simulator.statistics().downloads()).isOne();
    assertThat(healed.path("files_changed").asInt()).isOne();
    workplace.assertBothRestore(FileState.of(drive));
  }

  @Test
  @DisplayName("calls no file changed whose hash at Graph is wrong for ever")
  void wrongHashForEver() throws Exception {
    Item file = drive.at("/trouble/file.txt");
    drive.oddities().serve(file, BytesContent.of("other version"));
    workplace.backup("onedrive-changes");
    simulator.statistics().reset();
    JsonNode summary = workplace.backup("onedrive-changes", "-full");
    assertThat(simulator.statistics().downloads()).isEqualTo(2);
    assertThat(summary.path("files_changed").asInt()).isZero();
    assertThat(summary.path("files_unmodified").asInt()).isEqualTo(42);
    assertThat(summary.path("warnings").toString()).contains("trouble/file.txt");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Trait.class,
      names = {"FORBIDDEN", "LOCKED", "MALWARE"})
  @DisplayName("keeps the previous version of a file that is not given out, and tries it first")
  void ledger(Trait trait) throws Exception {
    workplace.backup("onedrive-changes");
    final FileState before = FileState.of(drive);
    Item file = drive.at("/trouble/file.txt");
    drive.edit(file, BytesContent.of("second version"));
    drive.oddities().mark(file, trait);
    drive.put("/trouble/other.txt", "not troubled");

    JsonNode failed = workplace.backup(3, "onedrive-changes");
    assertThat(failed.path("snapshot_id").asText()).hasSize(64);
    JsonNode entry = failed.path("failures").path(0);
    assertThat(failed.path("failures")).hasSize(1);
    assertThat(failed.path("files_failed").asInt()).isOne();
    assertThat(failed.path("files_changed").asInt()).as("an earlier version is kept").isZero();
    assertThat(entry.path("path").asText()).isEqualTo("/trouble/file.txt");
    assertThat(entry.path("item_id").asText()).isEqualTo(file.id());
    assertThat(entry.path("attempts").asInt()).isOne();
    assertThat(entry.path("reason").asText()).isNotBlank();
    assertThat(entry.path("stale").asBoolean()).isTrue();
    assertThat(workplace.run(0, "ls", "latest", "-long").out())
        .containsOnlyOnce("earlier version")
        .contains("/trouble/file.txt  (an earlier version");
    assertThat(workplace.run(0, "ls", "latest", "/trouble/file.txt", "-json").out())
        .containsOnlyOnce("\"stale\":true");
    FileState stored = FileState.of(workplace.restore("latest"));
    assertThat(stored.entries().get("/trouble/file.txt").content())
        .isEqualTo(before.entries().get("/trouble/file.txt").content());
    assertThat(stored.entries()).containsKey("/trouble/other.txt");
    assertThat(facts("trouble", "file.txt").path("old").asBoolean()).isTrue();
    Workplace.Run text = workplace.run(3, "backup", "-source", "onedrive-changes");
    assertThat(text.err()).contains("/trouble/file.txt");
    assertThat(text.out()).contains("1 failed");

    drive.oddities().unmark(file, trait);
    simulator.statistics().reset();
    JsonNode healed = workplace.backup("onedrive-changes");
    assertThat(healed.path("failures")).isEmpty();
    assertThat(simulator.statistics().downloads()).isLessThanOrEqualTo(3);
    workplace.assertBothRestore(FileState.of(drive));
    assertThat(facts("trouble", "file.txt").has("old")).isFalse();
    workplace.assertSound();
  }

  @Test
  @DisplayName("leaves out a new file that is not given out, and takes it when it is")
  void newAndForbidden() throws Exception {
    Item file = drive.oddities().mark(drive.at("/trouble/file.txt"), Trait.FORBIDDEN);
    workplace.backup(3, "onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive, path -> !path.equals("/trouble/file.txt")));
    drive.oddities().unmark(file, Trait.FORBIDDEN);
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
  }

  @Test
  @DisplayName("takes a file that is gone when it is asked for as deleted, not as failed")
  void vanished() throws Exception {
    Item file = drive.at("/trouble/file.txt");
    simulator
        .faults()
        .on("storage GET")
        .once()
        .then(new Effect.Before(() -> drive.delete(drive.at("/large.bin"))));
    drive.oddities().mark(file, Trait.VANISHED);
    JsonNode summary = workplace.backup("onedrive-changes", "-concurrency", "1");
    assertThat(summary.path("failures")).isEmpty();
    drive.delete(file);
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onedrive", "onedrive-changes"})
  @DisplayName("of a drive that changes meanwhile ends, and the next one is equal to the drive")
  void changing(String source) throws Exception {
    List<Runnable> edits = new ArrayList<>();
    edits.add(() -> drive.edit(drive.at("/trouble/file.txt"), BytesContent.of("meanwhile")));
    edits.add(() -> drive.rename(drive.at("/trouble"), "calm"));
    edits.add(() -> drive.edit(drive.at("/large.bin"), new GeneratedContent(6, 999_999, true)));
    edits.add(() -> drive.put("/calm/late.txt", "late"));
    int match = 1;
    for (Runnable edit : edits) {
      simulator.faults().on("storage GET").fromMatch(match).once().then(new Effect.Before(edit));
      match += 6;
    }
    workplace.backup(source);
    assertThat(simulator.faults().unreached()).isEmpty();
    workplace.backup(source);
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();
  }

  @Test
  @DisplayName("asks for a new sign-in when the token is refused for good, and leaves no lock")
  void signedOut() throws Exception {
    simulator.tokens().expireAccessTokens();
    simulator.tokens().revokeRefreshTokens();
    Workplace.Run run = workplace.run("backup", "-source", "onedrive-changes");
    assertThat(run.exit()).as(run.err()).isEqualTo(13);
    assertThat(run.err()).contains("auth login").doesNotContain("Exception");
    assertThat(workplace.locks()).isEmpty();
  }

  @Test
  @DisplayName("refreshes a token that expires in the middle of a run")
  void expiredToken() throws Exception {
    simulator
        .faults()
        .on("storage GET")
        .fromMatch(5)
        .once()
        .then(new Effect.Before(() -> simulator.tokens().expireAccessTokens()));
    drive.oddities().mark(drive.at("/large.bin"), Trait.NO_DOWNLOAD_URL);
    workplace.backup("onedrive-changes", "-concurrency", "1");
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertNoSecretOnDisk();
  }

  /** What restic shows of a node's drive item, in a folder of the newest snapshot's root. */
  private JsonNode facts(String folder, String name) throws Exception {
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    String tree = snapshots.get(snapshots.size() - 1).path("tree").asText();
    String subtree = node(tree, folder).path("subtree").asText();
    JsonNode attribute = node(subtree, name).path("extended_attributes").path(0);
    return new ObjectMapper().readTree(attribute.path("value").binaryValue());
  }

  private JsonNode node(String tree, String name) throws Exception {
    for (JsonNode node : workplace.restic().json("cat", "blob", tree).path("nodes")) {
      if (node.path("name").asText().equals(name)) {
        return node;
      }
    }
    throw new AssertionError("no " + name + " in " + tree);
  }
}
