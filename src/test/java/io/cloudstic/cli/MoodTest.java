package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.backup.BackupSummary;
import io.cloudstic.backup.EntryCounts;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.scan.Reconciled;
import io.cloudstic.simulator.Mood;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Tombstones;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups of a drive whose feed is served in each of the simulator's moods. */
@DisplayName("A drive")
@Timeout(300)
class MoodTest {
  private static final int FILES = 15;
  private static final String CHANGES = "onedrive-changes";

  /** In these nothing can be listed at all. */
  private static final Set<Mood> HOPELESS =
      EnumSet.of(
          Mood.TRUNCATED_FOREVER,
          Mood.SAME_LINK_FOREVER,
          Mood.LINK_CIRCLE_FOREVER,
          Mood.FOREIGN_LINK,
          Mood.PLAIN_HTTP_LINK);

  /** In these the feed, and who is asked, tell what is not so. */
  private static final Set<Mood> UNTRUE =
      EnumSet.of(Mood.LOST_TOMBSTONES, Mood.PARENT_CYCLE_FOREVER, Mood.ORPHANS);

  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private DirectBackup backup;

  private void start(AccountType account, Mood... moods) throws Exception {
    SimulatorOptions options =
        SimulatorOptions.lifelike()
            .accountType(account)
            .limits(Limits.NONE)
            .seed(7)
            .files(FILES)
            .moods(List.of(moods));
    simulator = Simulator.start(options);
    drive = simulator.model();
    backup = new DirectBackup(simulator, directory);
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      assertThat(simulator.statistics().tokensAtStorage()).isZero();
      assertThat(simulator.statistics().tokenSeenAt()).hasSize(1);
      simulator.close();
    }
  }

  static Set<Mood> bearable() {
    Set<Mood> moods = EnumSet.range(Mood.REPEATED_ITEMS, Mood.ENCRYPTED);
    moods.removeAll(HOPELESS);
    moods.removeAll(UNTRUE);
    return moods;
  }

  static Set<Mood> hopeless() {
    return HOPELESS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bearable")
  @DisplayName("comes back as it is, and what has not changed is neither fetched nor written again")
  void comesBack(Mood mood) throws Exception {
    start(mood.ordinal() % 2 == 0 ? AccountType.BUSINESS : AccountType.PERSONAL, mood);
    backup.run(CHANGES);
    simulator.statistics().reset();
    BackupSummary second = backup.run(CHANGES);
    EntryCounts counts = second.source().counts();
    assertThat(differences(second)).isEmpty();
    assertThat(simulator.statistics().downloads())
        .isLessThanOrEqualTo(counts.filesNew() + counts.filesChanged());
    assertThat(second.source().failures()).isEmpty();
    assertThat(second.source().leftOut()).isEmpty();

    if (mood == Mood.RESTORED) {
      assertThat(differences(backup.run(CHANGES))).isEmpty();
    }
    simulator.statistics().reset();
    BackupSummary third = backup.run(CHANGES);
    assertThat(third.source().tree()).isEqualTo(third.source().parent().tree());
    assertThat(simulator.statistics().downloads()).isZero();
    assertThat(simulator.faults().unreached()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hopeless")
  @DisplayName("that cannot be listed ends the run with a reason, after few calls")
  void hopeless(Mood mood) throws Exception {
    start(AccountType.BUSINESS, mood);
    assertThatThrownBy(() -> backup.run(CHANGES))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(mood.name().contains("LINK_") ? "end" : "");
    assertThat(simulator.statistics().calls()).isLessThan(300);
  }

  @ParameterizedTest(name = "full {0}, {1} days later")
  @CsvSource({"true, 0", "false, 31"})
  @DisplayName("loses what was deleted in silence once a complete listing is due, and says so")
  void lostTombstones(boolean full, int days) throws Exception {
    start(AccountType.BUSINESS, Mood.LOST_TOMBSTONES);
    backup.run(CHANGES);
    BackupSummary blind = backup.run(CHANGES);
    assertThat(blind.source().reconciled()).isNull();
    assertThat(differences(blind)).hasSize(7);

    drive.put("/new and told.txt", "not missed");
    BackupSummary due = backup.full(full).later(Duration.ofDays(days)).run(CHANGES);
    assertThat(differences(due)).isEmpty();
    assertThat(due.source().scan()).isEqualTo("full");
    assertThat(due.source().reconciled()).isEqualTo(new Reconciled(0, 0, 7));
    assertThat(due.source().counts().filesRemoved()).isEqualTo(4);
    assertThat(due.source().counts().filesNew()).isEqualTo(1);
    assertThat(backup.full(false).run(CHANGES).source().scan()).isEqualTo("delta");
  }

  @Test
  @DisplayName("is compared with a complete listing even where its link is dead by then")
  void dueAndDead() throws Exception {
    start(AccountType.PERSONAL, Mood.DEAD_LINK_500);
    backup.run(CHANGES);
    BackupSummary due = backup.full(true).run(CHANGES);
    assertThat(differences(due)).isEmpty();
    assertThat(due.source().reconciled()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Mood.class,
      names = {"PARENT_CYCLE_FOREVER", "ORPHANS"})
  @DisplayName("gives no wrong path to what has no place, and names it in every run")
  void withoutPlace(Mood mood) throws Exception {
    start(AccountType.BUSINESS, mood);
    backup.run(CHANGES);
    for (int run = 2; run <= 3; run++) {
      BackupSummary made = backup.run(CHANGES);
      assertThat(differences(made))
          .isNotEmpty()
          .allMatch(difference -> difference.endsWith(" is missing"));
      assertThat(made.source().leftOut()).hasSize(differences(made).size());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Mood.class,
      names = {"VANISHED", "ENCRYPTED"})
  @DisplayName("that vanishes or changes nearly whole is saved, and said loudly, once")
  void alarm(Mood mood) throws Exception {
    start(AccountType.BUSINESS, mood);
    assertThat(backup.run(CHANGES).source().alarm()).isNull();
    BackupSummary second = backup.run(CHANGES);
    assertThat(second.source().alarm()).contains("of 24 files").contains("look into it");
    assertThat(differences(second)).isEmpty();
    assertThat(backup.run(CHANGES).source().alarm()).isNull();
  }

  @Test
  @DisplayName("has its moods listed in the documentation")
  void documented() throws Exception {
    String documentation = Files.readString(Path.of("docs/graph.md"));
    assertThat(Mood.values())
        .allMatch(mood -> documentation.contains("| `" + mood.word() + "` | "));
  }

  @Test
  @DisplayName("without a change feed is walked, which is said")
  void walked() throws Exception {
    start(AccountType.BUSINESS, Mood.NO_DELTA_501);
    BackupSummary made = backup.run(CHANGES);
    assertThat(made.source().scan()).isEqualTo("full");
    assertThat(made.source().warnings()).anyMatch(warning -> warning.contains("no change feed"));
    assertThat(simulator.statistics().calls("children")).isPositive();
  }

  @ParameterizedTest
  @EnumSource(AccountType.class)
  @DisplayName("keeps its trees when the way of listing it changes")
  void switchedSource(AccountType account) throws Exception {
    start(account, Mood.REPEATED_ITEMS);
    backup.run(CHANGES);
    BackupSummary before = backup.run(CHANGES);
    drive.put("/Day/late.txt", "late");
    BackupSummary walked = backup.run("onedrive");
    assertThat(walked.source().counts().filesChanged()).isZero();
    assertThat(walked.source().counts().dirsChanged()).isLessThanOrEqualTo(1);
    assertThat(walked.written().treeBlobs()).isLessThanOrEqualTo(2);
    assertThat(walked.source().tree()).isNotEqualTo(before.source().tree());
    drive.edit(drive.at("/Day/late.txt"), BytesContent.of("later"));
    BackupSummary back = backup.run(CHANGES);
    assertThat(back.written().treeBlobs()).isLessThanOrEqualTo(2);
    assertThat(differences(back)).isEmpty();
  }

  @Test
  @DisplayName("whose feed told an older state first has no changed files in the next listing")
  void olderStateFirst() throws Exception {
    start(AccountType.BUSINESS, Mood.REPEATED_ITEMS, Mood.RENAMED_ROOT);
    backup.run(CHANGES);
    backup.run(CHANGES);
    BackupSummary again = backup.full(true).run(CHANGES);
    assertThat(again.source().counts().filesChanged()).isZero();
    assertThat(again.source().reconciled()).isEqualTo(new Reconciled(0, 0, 0));
  }

  @Test
  @DisplayName("that vanished, and what its feed had missed, are told on the command line")
  void commandLine() throws Exception {
    start(AccountType.BUSINESS, Mood.VANISHED);
    Workplace workplace = Workplace.in(directory.resolve("machine")).on(simulator);
    workplace.backup(CHANGES);
    Workplace.Run vanished = workplace.run(0, "backup", "-json", "-quiet", "-source", CHANGES);
    assertThat(vanished.json().path("warning").asText()).contains("23 are gone");
    assertThat(vanished.json().has("reconciled")).isFalse();
    assertThat(vanished.err()).contains("WARNING: of 24 files");

    drive.delete(drive.at("/all that is left.txt"), Tombstones.NONE);
    Files.writeString(
        workplace.config().resolve("application.properties"), "cloudstic.reconcile-after=0d\n");
    Workplace.Run due = workplace.run(0, "backup", "-source", CHANGES);
    assertThat(due.out())
        .contains("Corrected what the change feed had missed: 0 added, 0 changed, 1 removed");
    Workplace.Run again = workplace.run(0, "backup", "-json", "-source", CHANGES);
    assertThat(again.json().path("reconciled").path("removed").asInt(-1)).isZero();
    assertThat(again.json().has("warning")).isFalse();
  }

  private List<String> differences(BackupSummary made) throws Exception {
    return FileState.of(drive).differences(backup.restored(made));
  }
}
