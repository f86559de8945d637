package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.run.Stop;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A restore into OneDrive")
@Timeout(120)
class DriveRestoreTest {
  private static final Instant LONG_AGO = Instant.parse("2019-03-04T05:06:07.1234567Z");

  /** Three fragments, the last of them short. */
  private static final int LARGE = 21 << 20;

  @TempDir Path directory;
  private Workplace workplace;
  private Simulator simulator;
  private DriveModel drive;

  /** A drive that has been backed up. */
  private void start(AccountType type, boolean large) throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().accountType(type));
    drive = simulator.model();
    workplace = Workplace.in(Files.createTempDirectory(directory, "work")).on(simulator);
    Files.writeString(
        workplace.config().resolve("application.properties"),
        "cloudstic.store.retries=0\ncloudstic.graph.retry-delay=0.01s\n");
    time(drive.put("/Documents/Taxes/2024.pdf", "tax"));
    time(drive.put("/Documents/letter é.docx", "letter"));
    time(drive.put("/Documents/empty.txt", ""));
    if (large) {
      time(drive.put("/Photos/large.mov", new GeneratedContent(7, LARGE, false)));
    }
    time(drive.put("/other.txt", "stays"));
    time(drive.folder("/Documents/nothing in it"));
    time(drive.find("/Documents/Taxes").orElseThrow());
    time(drive.find("/Documents").orElseThrow());
    time(drive.folder("/Photos"));
    workplace.backup("onedrive");
  }

  private void time(Item item) {
    drive.setClientTimes(item, LONG_AGO.minusSeconds(5), LONG_AGO);
  }

  @AfterEach
  void end() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private void allowWriting() throws Exception {
    Files.writeString(
        workplace.config().resolve("onedrive_token.json"), simulator.writingTokenFile());
  }

  private void wipe() {
    drive.delete(drive.at("/Documents"));
    drive.delete(drive.at("/Photos"));
  }

  @ParameterizedTest
  @EnumSource(AccountType.class)
  @DisplayName("makes the drive what it was, times and hashes too, and sends nothing twice")
  void wipedDrive(AccountType type) throws Exception {
    start(type, true);
    FileState before = FileState.of(drive);
    wipe();
    allowWriting();

    Workplace.Run run = workplace.run(0, "restore", "-to", "onedrive:/", "-json");

    assertThat(before.differences(FileState.of(drive))).isEmpty();
    Item large = drive.at("/Photos/large.mov");
    assertThat(large.clientCreated()).isEqualTo(LONG_AGO.minusSeconds(5));
    assertThat(run.json().path("files_restored").asInt()).isEqualTo(8);
    assertThat(run.json().path("files_skipped").asInt()).isEqualTo(1);
    assertThat(simulator.statistics().tokensAtStorage()).isZero();
    assertThat(simulator.uploads().open()).isZero();
    long uploads = simulator.statistics().calls("upload");
    long sessions = simulator.statistics().calls("upload-session");
    assertThat(sessions).isEqualTo(1);

    JsonNode again = workplace.run(0, "restore", "-to", "onedrive:/", "-json").json();
    assertThat(again.path("files_restored").asInt()).isZero();
    assertThat(again.path("files_skipped").asInt()).isEqualTo(9);
    assertThat(simulator.statistics().calls("upload")).isEqualTo(uploads);
    assertThat(simulator.statistics().calls("upload-session")).isEqualTo(sessions);
    workplace.assertNoSecretOnDisk();
  }

  @Test
  @DisplayName("goes on after refused, broken, expired and throttled uploads")
  void faults() throws Exception {
    start(AccountType.BUSINESS, true);
    FileState before = FileState.of(drive);
    wipe();
    allowWriting();
    simulator.faults().on("storage PUT").fromMatch(2).once().then(new Effect.Reset());
    simulator.faults().on("storage PUT").fromMatch(5).once().then(Effect.empty(503));
    simulator
        .faults()
        .on("storage PUT")
        .fromMatch(3)
        .once()
        .then(new Effect.Before(() -> simulator.uploads().expire()));
    simulator
        .faults()
        .on("graph PUT")
        .fromMatch(2)
        .once()
        .then(new Effect.Throttle(429, Duration.ofSeconds(1), Effect.RetryAfter.SECONDS));
    simulator.faults().on("graph POST .*children").once().then(Effect.empty(500));

    workplace.run(0, "restore", "-to", "onedrive:/");

    assertThat(before.differences(FileState.of(drive))).isEmpty();
    assertThat(simulator.faults().unreached()).isEmpty();
    // Those that were on their way when the throttle came.
    assertThat(simulator.statistics().callsDuringFence()).isLessThan(DriveRestoreTarget.PARALLEL);
  }

  @Test
  @DisplayName("goes on with the upload that a killed process has begun, whose URL lies sealed")
  void killedUpload() throws Exception {
    start(AccountType.BUSINESS, true);
    FileState before = FileState.of(drive);
    wipe();
    allowWriting();
    Process[] killed = new Process[1];
    CountDownLatch started = new CountDownLatch(1);
    simulator
        .faults()
        .on("storage PUT")
        .fromMatch(2)
        .once()
        .then(
            new Effect.Before(
                () -> {
                  await(started);
                  killed[0].destroyForcibly();
                }));
    killed[0] = workplace.start("restore", "-to", "onedrive:/");
    started.countDown();
    assertThat(killed[0].waitFor()).isEqualTo(137);

    Path kept = onlyFile(workplace.cache().resolve("uploads"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .endsWith("------");
    workplace.assertNoSecretOnDisk();
    workplace.run(0, "restore", "-to", "onedrive:/");
    assertThat(before.differences(FileState.of(drive))).isEmpty();
    assertThat(simulator.statistics().calls("upload-session")).isEqualTo(1);
    assertThat(kept).doesNotExist();
    assertThat(simulator.uploads().open()).isZero();
  }

  @Test
  @DisplayName("that is stopped goes on later, but not with a session that is gone or of others")
  void stoppedUpload() throws Exception {
    start(AccountType.PERSONAL, true);
    FileState before = FileState.of(drive);
    wipe();
    allowWriting();
    stopInSecondFragment();
    Path kept = onlyFile(workplace.cache().resolve("uploads"));
    byte[] session = Files.readAllBytes(kept);
    simulator.uploads().expire();
    stopInSecondFragment();
    assertThat(simulator.statistics().calls("upload-session")).isEqualTo(2);
    assertThat(simulator.uploads().open()).isEqualTo(1);

    // What was not sealed for this upload is no session of it.
    kept.toFile().setWritable(true);
    session[20] ^= 1;
    Files.write(kept, session);
    workplace.run(0, "restore", "-to", "onedrive:/");
    assertThat(before.differences(FileState.of(drive))).isEmpty();
    assertThat(simulator.statistics().calls("upload-session")).isEqualTo(3);
    assertThat(kept).doesNotExist();
  }

  private void stopInSecondFragment() {
    Stop stop = new Stop();
    simulator.faults().on("storage PUT").fromMatch(2).once().then(new Effect.Before(stop::ask));
    assertThat(workplace.run(stop, "restore", "-to", "onedrive:/").exit()).isEqualTo(130);
  }

  private static Path onlyFile(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("does not send again what was stored by a call whose answer was lost")
  void lostAnswers() throws Exception {
    start(AccountType.PERSONAL, true);
    FileState before = FileState.of(drive);
    wipe();
    allowWriting();
    simulator.faults().on("graph PUT").once().then(new Effect.Cut(0));
    simulator.faults().on("graph POST .*children").once().then(new Effect.Cut(0));
    simulator.faults().on("storage PUT").fromMatch(3).once().then(new Effect.Cut(0));

    workplace.run(0, "restore", "-to", "onedrive:/");

    assertThat(before.differences(FileState.of(drive))).isEmpty();
  }

  @Test
  @DisplayName("needs a sign-in that may write, and says which")
  void readOnlySignIn() throws Exception {
    start(AccountType.BUSINESS, false);
    Workplace.Run run = workplace.run(13, "restore", "-to", "onedrive:");

    assertThat(run.err()).contains("not write to it", "cloudstic auth login -write");
  }

  @Test
  @DisplayName("shows its plan first, and writes nothing then")
  void plan() throws Exception {
    start(AccountType.BUSINESS, false);
    FileState before = FileState.of(drive);

    Workplace.Run run =
        workplace.run(0, "restore", "-path", "/Documents", "-to", "onedrive:", "-dry-run");

    assertThat(run.out())
        .contains("would make folder /Documents\n", "would upload /Documents/Taxes/2024.pdf\n")
        .doesNotContain("Photos");
    assertThat(run.err()).contains("It would go into /Restored 2");
    assertThat(before.differences(FileState.of(drive))).isEmpty();
    assertThat(simulator.statistics().calls("upload")).isZero();
    assertThat(simulator.statistics().calls("create-folder")).isZero();
  }

  @Test
  @DisplayName("leaves what is there alone, unless it may replace it or take another name")
  void conflicts() throws Exception {
    start(AccountType.BUSINESS, false);
    allowWriting();
    drive.edit(drive.at("/Documents/Taxes/2024.pdf"), BytesContent.of("changed since"));

    Workplace.Run fail = workplace.run(1, "restore", "-to", "onedrive:/");
    assertThat(fail.err()).contains("/Documents/Taxes/2024.pdf: another file of that name");
    assertThat(text("/Documents/Taxes/2024.pdf")).isEqualTo("changed since");

    for (int i = 0; i < 2; i++) {
      Workplace.Run rename =
          workplace.run(0, "restore", "-to", "onedrive:/", "-conflict", "rename");
      assertThat(rename.err()).contains("restored as 2024 1.pdf");
      assertThat(text("/Documents/Taxes/2024.pdf")).isEqualTo("changed since");
      assertThat(text("/Documents/Taxes/2024 1.pdf")).isEqualTo("tax");
      assertThat(drive.find("/Documents/Taxes/2024 2.pdf")).isEmpty();
    }

    String id = drive.at("/Documents/Taxes/2024.pdf").id();
    workplace.run(0, "restore", "-to", "onedrive:/", "-conflict", "replace");
    assertThat(text("/Documents/Taxes/2024.pdf")).isEqualTo("tax");
    assertThat(drive.at("/Documents/Taxes/2024.pdf").id()).isEqualTo(id);
    assertThat(drive.at("/Documents/Taxes/2024.pdf").clientModified()).isEqualTo(LONG_AGO);
    workplace.run(2, "restore", "-to", "onedrive:/", "-conflict", "whatever");
    workplace.run(2, "restore", "-to", "onedrive:/", "-delete");
    workplace.run(2, "restore", "-to", "local:/x");
  }

  private String text(String path) throws Exception {
    return new String(drive.at(path).content().open(0).readAllBytes());
  }

  @Test
  @DisplayName("ends when the drive is full, and changes names that OneDrive cannot hold")
  void fullAndForbidden() throws Exception {
    start(AccountType.PERSONAL, false);
    allowWriting();
    Path source = Files.createDirectories(directory.resolve("local"));
    for (String name : new String[] {"a:b?.txt", "CON", " lead", "dot.", "~$x", "plain"}) {
      Files.writeString(source.resolve(name), name);
    }
    workplace.backup("local:" + source);
    Workplace.Run run = workplace.run(0, "restore", "latest:" + source, "-to", "onedrive:/Back");
    assertThat(run.err()).contains("a:b?.txt is restored as a%3Ab%3F.txt");
    for (String name : new String[] {"a%3Ab%3F.txt", "%43ON", "%20lead", "dot%2E", "%7E$x"}) {
      assertThat(drive.find("/Back/" + name)).as(name).isPresent();
    }
    drive.limit(drive.root().size() + 1);
    Workplace.Run full = workplace.run(1, "restore", "latest:" + source, "-to", "onedrive:/Other");
    assertThat(full.err()).contains("the drive is full");
  }
}
