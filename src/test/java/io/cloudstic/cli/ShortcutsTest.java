package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Shortcuts to other drives")
@Timeout(300)
class ShortcutsTest {
  private static final String FOLLOW = "-follow-shortcuts";

  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel own;
  private DriveModel theirs;
  private Workplace workplace;

  private void start(AccountType type) throws Exception {
    simulator =
        Simulator.start(SimulatorOptions.lifelike().accountType(type).limits(Limits.NONE).seed(61));
    own = simulator.model();
    own.put("/own.txt", "own");
    theirs = simulator.addUser("87d349ed-44d7-43e1-9a83-5f2406dee5bd", "adele@x.example", 62);
    theirs.put("/team/plan.txt", "plan");
    theirs.put("/team/deep/notes.txt", "notes");
    theirs.put("/team/deep/skip.tmp", "temporary");
    theirs.put("/private.txt", "not shared");
    theirs.put("/single.txt", "single");
    own.folder("/links");
    own.createShortcut(own.at("/links"), "Team", theirs, theirs.at("/team"));
    own.createShortcut(own.root(), "One file.txt", theirs, theirs.at("/single.txt"));
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void assertHolds(String... pathsAndTexts) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      expected.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    Path restored = workplace.restore("latest");
    Map<String, String> actual = new TreeMap<>();
    try (Stream<Path> files = Files.walk(restored)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  actual.put(restored.relativize(file).toString(), Files.readString(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}, source {1}")
  @CsvSource({"BUSINESS, onedrive-changes", "PERSONAL, onedrive"})
  @DisplayName("are named as left out, or followed: remote changes come, files are fetched once")
  void followed(AccountType type, String source) throws Exception {
    start(type);
    JsonNode without = workplace.backup(source, "-exclude", "*.tmp");
    assertThat(without.path("left_out").toString()).contains("/links/Team", "/One file.txt");
    assertHolds("own.txt", "own");

    JsonNode with = workplace.backup(source, "-exclude", "*.tmp", FOLLOW);
    assertThat(with.path("left_out").toString()).doesNotContain("Team", "One file");
    assertHolds(
        "own.txt",
        "own",
        "One file.txt",
        "single",
        "links/Team/plan.txt",
        "plan",
        "links/Team/deep/notes.txt",
        "notes");

    simulator.statistics().reset();
    JsonNode same = workplace.backup(source, "-exclude", "*.tmp", FOLLOW);
    assertThat(same.path("files_unmodified").asInt()).isEqualTo(4);
    assertThat(same.path("files_new").asInt() + same.path("files_changed").asInt()).isZero();
    assertThat(simulator.statistics().downloads()).isZero();

    theirs.edit(theirs.at("/team/plan.txt"), BytesContent.of("better plan"));
    theirs.edit(theirs.at("/single.txt"), BytesContent.of("other"));
    theirs.move(theirs.at("/team/deep/notes.txt"), theirs.at("/team"));
    theirs.put("/team/new/more.txt", "more");
    simulator.statistics().reset();
    workplace.backup(source, "-exclude", "*.tmp", FOLLOW);
    assertThat(simulator.statistics().downloads()).isEqualTo(3);
    assertHolds(
        "own.txt",
        "own",
        "One file.txt",
        "other",
        "links/Team/plan.txt",
        "better plan",
        "links/Team/notes.txt",
        "notes",
        "links/Team/new/more.txt",
        "more");

    simulator.statistics().reset();
    workplace.backup(source, "-exclude", "*.tmp", "-no-cache", FOLLOW);
    assertThat(simulator.statistics().downloads()).as("without the cache").isLessThanOrEqualTo(1);

    own.move(own.at("/links/Team"), own.root(), "Moved");
    workplace.backup(source, "-exclude", "*.tmp", FOLLOW);
    own.delete(own.at("/Moved"));
    workplace.backup(source, "-exclude", "*.tmp", FOLLOW);
    assertHolds("own.txt", "own", "One file.txt", "other");
    workplace.backup(source, "-exclude", "*.tmp");
    assertHolds("own.txt", "own");
    workplace.assertSound();
  }

  @Test
  @DisplayName("that lead round in circles or to the same place are followed once")
  void circles() throws Exception {
    start(AccountType.BUSINESS);
    own.createShortcut(own.root(), "Team again", theirs, theirs.at("/team"));
    theirs.createShortcut(theirs.at("/team"), "back", own, own.root());
    theirs.createShortcut(theirs.at("/team"), "self", theirs, theirs.at("/team"));
    DriveModel third = simulator.addUser("00d349ed-44d7-43e1-9a83-5f2406dee5bd", "x@x.example", 63);
    third.put("/far/away.txt", "away");
    theirs.createShortcut(theirs.at("/team/deep"), "third", third, third.at("/far"));
    third.createShortcut(third.at("/far"), "home", theirs, theirs.root());
    JsonNode run = workplace.backup("onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    assertThat(run.path("files_failed").asInt()).isZero();
    assertThat(run.path("left_out").toString()).contains("back", "self");
    Path restored = workplace.restore("latest");
    try (Stream<Path> files = Files.walk(restored)) {
      assertThat(files.filter(file -> file.endsWith("plan.txt"))).hasSize(1);
    }
    try (Stream<Path> files = Files.walk(restored)) {
      assertThat(files.filter(file -> file.endsWith("away.txt"))).hasSize(1);
    }
    simulator.statistics().reset();
    JsonNode again = workplace.backup("onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    assertThat(again.path("files_new").asInt()).isZero();
    assertThat(simulator.statistics().downloads()).isZero();
  }

  @Test
  @DisplayName(
      "behind which nothing may be read any more go to the ledger, and keep what was stored")
  void lost() throws Exception {
    start(AccountType.BUSINESS);
    workplace.backup("onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    simulator
        .faults()
        .on("graph GET .*" + java.util.regex.Pattern.quote(theirs.driveId().substring(2)))
        .then(
            new Effect.Answer(
                403, "application/json", "{\"error\":{\"code\":\"accessDenied\"}}", Map.of()));
    own.put("/later.txt", "later");
    JsonNode run = workplace.backup(3, "onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    assertThat(run.path("failures").toString()).contains("/links/Team", "/One file.txt");
    assertHolds(
        "own.txt",
        "own",
        "later.txt",
        "later",
        "One file.txt",
        "single",
        "links/Team/plan.txt",
        "plan",
        "links/Team/deep/notes.txt",
        "notes");
    JsonNode second = workplace.backup(3, "onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    assertThat(second.path("failures").path(0).path("attempts").asInt()).isEqualTo(2);
    simulator.faults().clear();
    JsonNode back = workplace.backup("onedrive-changes", FOLLOW, "-exclude", "*.tmp");
    assertThat(back.path("failures")).isEmpty();
    assertThat(back.path("files_new").asInt()).isZero();
  }
}
