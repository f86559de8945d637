package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots copied from one repository to another. */
@DisplayName("A copy")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class CopyTest {
  private static final String OLD = "old password";

  @TempDir Path directory;

  /** Where copies go. */
  private Workplace workplace;

  private Path data;
  private Path source;
  private String passwordFile;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    source = directory.resolve("source");
    EmptyRepository.make(source, OLD, 2);
    passwordFile = Files.writeString(directory.resolve("old.txt"), OLD + "\n").toString();
    write("a/one.txt", 5);
    write("a/deep/two.bin", 3_000_000);
    write("three.bin", 200_000);
    Files.createFile(data.resolve("empty"));
  }

  private void write(String path, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(path.hashCode() + size).nextBytes(bytes);
    Files.createDirectories(data.resolve(path).getParent());
    Files.write(data.resolve(path), bytes);
  }

  private String backupToSource(String... more) {
    Stream<String> given = Stream.of("-store", "local:" + source, "-password-file", passwordFile);
    return workplace
        .backup("local:" + data, Stream.concat(given, Stream.of(more)).toArray(String[]::new))
        .path("snapshot_id")
        .asText();
  }

  private Workplace.Run copy(int exit, String... more) {
    Stream<String> given =
        Stream.of("copy", "-from-store", "local:" + source, "-from-password-file", passwordFile);
    return workplace.run(exit, Stream.concat(given, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  @DisplayName("holds what the source holds, is sound for restic, and is not made twice by either")
  void copies() throws Exception {
    String first = backupToSource("-tag", "x");
    write("a/one.txt", 7);
    String second = backupToSource();

    JsonNode summary = copy(0, "-json").json();
    assertThat(summary.path("snapshots_copied").asInt()).isEqualTo(2);
    assertThat(summary.path("data_blobs").asInt()).isPositive();
    workplace.assertSound();
    JsonNode copies = workplace.restic().json("snapshots", "--json");
    assertThat(copies.findValuesAsText("original")).containsExactly(first, second);
    assertThat(copies.get(1).has("parent")).isFalse();
    assertThat(copies.get(0).path("tags").get(0).asText()).isEqualTo("x");
    FileState expected = FileState.of(data);
    Path restored = workplace.restore("latest").resolve(data.toString().substring(1));
    assertThat(expected.differences(FileState.of(restored))).isEmpty();

    Workplace.Run again = copy(0);
    assertThat(again.out())
        .startsWith(first.substring(0, 8) + " was copied already, as ")
        .endsWith(
            """
            Snapshots:  0 copied,  2 there already,  0 damaged
            Added to the repository: 0 B (0 B stored)
            """);
    String told =
        new String(
            workplace
                .restic()
                .succeed(
                    "copy",
                    "--from-repo",
                    source.toString(),
                    "--from-password-file",
                    passwordFile));
    assertThat(told).doesNotContain("saved");
    assertThat(workplace.restic().json("snapshots", "--json")).hasSize(2);
  }

  @ParameterizedTest(name = "version {0} to {1}")
  @CsvSource({"2,1", "1,1", "1,2"})
  @DisplayName("between formats is compressed where the destination allows it, and only there")
  void versions(int from, int to) throws Exception {
    Files.writeString(data.resolve("shrinks.txt"), "all work and no play\n".repeat(100_000));
    source = directory.resolve("version" + from);
    EmptyRepository.make(source, OLD, from);
    backupToSource();
    Path copies = workplace.repository();
    deleteTree(copies);
    EmptyRepository.make(copies, Workplace.PASSWORD, to);

    JsonNode summary = copy(0, "-json").json();
    long plain = summary.path("data_added").asLong();
    assertThat(plain).isGreaterThan(2_000_000);
    long stored = summary.path("data_added_packed").asLong();
    if (to == 1) {
      assertThat(stored).as("sealed, not compressed").isGreaterThan(plain);
    } else {
      assertThat(stored).as("compressed").isLessThan(plain - 1_900_000);
    }
    workplace.assertSound();
    FileState expected = FileState.of(data);
    String below = data.toString().substring(1);
    Path ours = workplace.restore("latest").resolve(below);
    Path restics = workplace.resticRestore("latest").resolve(below);
    assertThat(expected.differences(FileState.of(ours))).isEmpty();
    assertThat(expected.differences(FileState.of(restics))).isEmpty();
    assertThat(copy(0).out()).contains("0 copied,  1 there already");
    workplace.run(0, "check", "-read-data");
  }

  private static void deleteTree(Path root) throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  @DisplayName("takes the chosen snapshots only, and knows those that restic copied")
  void chosen() throws Exception {
    String first = backupToSource("-tag", "x");
    write("three.bin", 100_000);
    backupToSource();
    workplace
        .restic()
        .succeed(
            "copy", "--from-repo", source.toString(), "--from-password-file", passwordFile, first);
    assertThat(copy(0, "-tag", "x").out()).contains("0 copied,  1 there already");
    assertThat(copy(0, "latest").out()).contains("1 copied,  0 there already");
    assertThat(workplace.restic().json("snapshots", "--json")).hasSize(2);
    workplace.assertSound();
  }

  @Test
  @DisplayName("leaves out snapshots that the source has lost a part of, and copies the others")
  void damagedSource() throws Exception {
    String whole = backupToSource();
    byte[] lost = new byte[600_000];
    new Random(9).nextBytes(lost);
    List<Path> before = packs();
    Files.write(data.resolve("lost.bin"), lost);
    String broken = backupToSource();
    for (Path pack : packs()) {
      if (!before.contains(pack) && Files.size(pack) > 500_000) {
        pack.toFile().setWritable(true);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[1000] ^= 1;
        Files.write(pack, bytes);
      }
    }

    Workplace.Run run = copy(14);
    assertThat(run.out())
        .contains(whole.substring(0, 8) + " copied as ")
        .contains(broken.substring(0, 8) + " NOT copied: the source is damaged");
    assertThat(run.err()).contains("1 of the 2 snapshots to copy");
    assertThat(workplace.restic().json("snapshots", "--json")).hasSize(1);
    workplace.assertSound();
  }

  private List<Path> packs() throws Exception {
    try (Stream<Path> all = Files.walk(source.resolve("data"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @DisplayName("goes on where an interrupted one left trees without their files")
  void goesOn() throws Exception {
    backupToSource();
    copy(0);
    // As after a crash: the trees are there, the pack of data and the snapshot are not.
    workplace.run(0, "forget", "latest");
    for (Path pack : destinationPacks()) {
      if (Files.size(pack) > 1_000_000) {
        Files.delete(pack);
      }
    }
    workplace.restic().succeed("rebuild-index");
    assertThat(copy(0).out()).contains("1 copied,");
    workplace.assertSound();
  }

  private List<Path> destinationPacks() throws Exception {
    try (Stream<Path> all = Files.walk(workplace.repository().resolve("data"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @DisplayName("of a drive's snapshot can be continued in the new repository from its place")
  void lineage() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().seed(37))) {
      DriveModel drive = simulator.model();
      drive.put("/report.txt", "report");
      workplace.on(simulator);
      workplace.backup(
          "onedrive-changes", "-store", "local:" + source, "-password-file", passwordFile);
      copy(0);
      drive.put("/second.txt", "second");
      JsonNode next = workplace.backup("onedrive-changes");
      assertThat(next.path("scan").asText()).isEqualTo("delta");
      assertThat(next.path("files_unmodified").asInt()).isOne();
      assertThat(next.path("files_new").asInt()).isOne();
      workplace.assertBothRestore(FileState.of(drive));
    }
  }

  @Test
  @DisplayName("says which of the two repositories it cannot use")
  void mistakes() throws Exception {
    assertThat(workplace.run(2, "copy").err()).contains("-from-store", "-store names the one");
    assertThat(workplace.run(2, "copy", "-from-store", "local:" + source).err())
        .contains("no password for the repository to copy from");
    assertThat(
            workplace
                .run(12, "copy", "-from-store", "local:" + source, "-from-password", "wrong")
                .err())
        .contains("wrong password for the repository to copy from", "-from-password-file");
    assertThat(
            workplace.run(10, "copy", "-from-store", "local:/nowhere", "-from-password", "x").err())
        .contains("there is no repository at local:/nowhere");
  }
}
