package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Mood;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Three runs in each of the moods that concern contents and throttling, each one restored. */
@DisplayName("In the mood")
@Timeout(300)
class ContentMoodTest {
  private static final String TROUBLED = "/Trouble/file.bin";
  private static final String SOURCE = "onedrive-changes";

  /** The reason that the ledger gives in the second run. */
  private static final Map<Mood, String> REFUSED =
      new TreeMap<>(
          Map.of(
              Mood.MALWARE, "malware",
              Mood.FORBIDDEN_FILE, "access-denied",
              Mood.CONFLICTING_FILE, "refused",
              Mood.LOCKED_FILE, "locked",
              Mood.QUOTA_FILE, "quota",
              Mood.BROKEN_FILE, "server"));

  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  private void start(Mood mood) throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.lifelike().limits(Limits.NONE).seed(3).moods(List.of(mood)));
    drive = simulator.model();
    workplace = Workplace.in(directory).on(simulator);
    // On a busy machine others are silent for a while, too.
    boolean stalls = mood == Mood.STALLED_DOWNLOADS;
    Files.writeString(
        workplace.config().resolve("application.properties"),
        "cloudstic.graph.retry-delay=0.01s\n"
            + (stalls ? "cloudstic.graph.idle-timeout=0.7s\n" : ""),
        StandardOpenOption.APPEND);
  }

  @AfterEach
  void stop() {
    assertThat(simulator.statistics().callsDuringFence()).as("calls while asked to wait").isZero();
    assertThat(simulator.statistics().tokensAtStorage()).as("tokens shown to storage").isZero();
    simulator.close();
  }

  static Set<Mood> passing() {
    Set<Mood> moods = EnumSet.range(Mood.EXPIRED_URLS, Mood.BUSY);
    moods.addAll(EnumSet.of(Mood.RATE_LIMITS, Mood.THROTTLED_STORAGE));
    moods.removeAll(REFUSED.keySet());
    moods.removeAll(
        EnumSet.of(Mood.WRONG_SIZE, Mood.WRONG_HASH, Mood.RESTLESS_FILE, Mood.GONE_FILE));
    return moods;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  @DisplayName("every run ends well, and what it made is the drive")
  void endsWell(Mood mood) throws Exception {
    start(mood);
    JsonNode first = workplace.backup(SOURCE);
    assertThat(first.path("failures")).isEmpty();
    if (mood.name().startsWith("THROTTLE")) {
      assertThat(first.path("throttled_seconds").asDouble()).isGreaterThan(0.9);
    }
    assertThat(simulator.statistics().calls("item")).isLessThanOrEqualTo(mostItemCalls(mood));
    assertRestored(FileState.of(drive));
    assertThat(workplace.backup(SOURCE).path("failures")).isEmpty();
    assertRestored(FileState.of(drive));
    simulator.statistics().reset();
    workplace.backup(SOURCE);
    assertThat(simulator.statistics().downloads()).isZero();
  }

  /** Listings are enough, unless URLs expire or something does not fit. */
  private long mostItemCalls(Mood mood) {
    return switch (mood) {
      case EXPIRED_URLS, EXPIRED_URLS_403, EXPIRED_URLS_404, EXPIRED_URLS_410 -> 20;
      case RANGES_IGNORED, RANGES_SHIFTED, RANGES_REFUSED, WRONG_BYTES, HTML_CONTENT -> 4;
      case CHANGING_FILE -> 12;
      default -> 0;
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  @DisplayName("the version before is kept and marked, and the next run gets the new one")
  void refused(Mood mood) throws Exception {
    start(mood);
    workplace.backup(SOURCE);
    FileState before = FileState.of(drive);
    assertRestored(before);
    JsonNode second = workplace.backup(3, SOURCE);
    assertThat(second.path("failures")).hasSize(1);
    JsonNode failure = second.path("failures").path(0);
    assertThat(failure.path("path").asText()).isEqualTo(TROUBLED);
    assertThat(failure.path("reason").asText()).startsWith(REFUSED.get(mood));
    assertThat(failure.path("attempts").asInt()).isOne();
    assertThat(failure.path("stale").asBoolean()).isTrue();
    Map<String, FileState.Entry> mixed = new TreeMap<>(FileState.of(drive).entries());
    mixed.put(TROUBLED, before.entries().get(TROUBLED));
    assertRestored(new FileState(mixed));
    assertThat(workplace.backup(SOURCE).path("failures")).isEmpty();
    assertRestored(FileState.of(drive));
  }

  static Set<Mood> refused() {
    return REFUSED.keySet();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"WRONG_SIZE", "WRONG_HASH"})
  @DisplayName("what is served is stored with a mark and a warning, and not fetched by every run")
  void untrue(Mood mood) throws Exception {
    start(mood);
    JsonNode first = workplace.backup(SOURCE);
    assertThat(first.path("warnings").toString())
        .contains("1 file does not match")
        .contains("file.bin");
    Item file = drive.at(TROUBLED);
    Path restored = assertRestored(FileState.of(drive, path -> !path.equals(TROUBLED)), TROUBLED);
    assertThat(Files.size(restored.resolve(TROUBLED.substring(1)))).isEqualTo(file.served().size());
    long downloads = file.downloads();
    assertThat(downloads).isEqualTo(2);
    workplace.backup(SOURCE);
    assertThat(file.downloads()).isEqualTo(downloads);
    JsonNode full = workplace.backup(SOURCE, "-full");
    assertThat(full.path("files_changed").asInt()).isZero();
    // Of the right size, it may have been the storage host's error: worth another look now and
    // then.
    assertThat(file.downloads()).isEqualTo(mood == Mood.WRONG_HASH ? 2 * downloads : downloads);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"RESTLESS_FILE", "GONE_FILE"})
  @DisplayName("a file that cannot be had is left out, and all others are there")
  void leftOut(Mood mood) throws Exception {
    start(mood);
    boolean restless = mood == Mood.RESTLESS_FILE;
    JsonNode summary = workplace.backup(restless ? 3 : 0, SOURCE);
    if (restless) {
      assertThat(summary.path("failures").path(0).path("reason").asText()).startsWith("changing");
      assertThat(summary.path("failures").path(0).path("stale").asBoolean()).isFalse();
    } else {
      workplace.backup(SOURCE);
    }
    assertRestored(FileState.of(drive, path -> !path.equals(TROUBLED)));
    workplace.backup(SOURCE);
    assertRestored(FileState.of(drive));
  }

  private void assertRestored(FileState expected) throws Exception {
    assertRestored(expected, null);
  }

  private Path assertRestored(FileState expected, String besides) throws Exception {
    Path restored = workplace.restore("latest");
    Map<String, FileState.Entry> entries = new TreeMap<>(FileState.of(restored).entries());
    if (besides != null) {
      assertThat(entries.remove(besides)).isNotNull();
    }
    assertThat(expected.differences(new FileState(entries))).isEmpty();
    return restored;
  }
}
