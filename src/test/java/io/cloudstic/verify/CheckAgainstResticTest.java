package io.cloudstic.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A check of what restic wrote")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class CheckAgainstResticTest {
  private static final String PASSWORD = "check";
  private static final Comparator<Path> BY_LENGTH =
      Comparator.comparingLong((Path file) -> file.toFile().length()).thenComparing(p -> p);

  /** restic backed up into each twice; the versions by their numbers. */
  @TempDir static Path whole;

  @TempDir Path dir;

  @BeforeAll
  static void backUp() throws Exception {
    Path source = Files.createDirectories(whole.resolve("source/sub"));
    byte[] content = new byte[3 << 20];
    new Random(5).nextBytes(content);
    Files.write(source.resolve("file"), content);
    for (int version : new int[] {1, 2}) {
      Path place = whole.resolve(String.valueOf(version));
      EmptyRepository.make(place, PASSWORD, version);
      ResticProgram restic = new ResticProgram(place, PASSWORD, whole);
      restic.succeed("backup", source.toString());
      Files.writeString(source.resolve("second"), "second for " + version);
      restic.succeed("backup", source.toString());
    }
  }

  @ParameterizedTest
  @DisplayName("finds what restic finds")
  @CsvSource({
    "1, nothing, data",
    "2, nothing, data",
    "2, flip, data",
    "2, truncate, data",
    "2, delete, data",
    "2, truncate, index",
    "2, flip, index",
    "2, delete, index",
    "2, flip, snapshots",
    "2, truncate, snapshots"
  })
  void damage(String version, String what, String where) throws Exception {
    Path place = dir.resolve("repository");
    copy(whole.resolve(version), place);
    ResticProgram restic =
        new ResticProgram(place, PASSWORD, Files.createDirectory(dir.resolve("scratch")));
    damage(place.resolve(where), what);

    // A file that is gone would be looked for over and over when it is read.
    boolean theirs =
        what.equals("delete")
            ? restic.run("check", "--no-lock").exit() == 0
            : restic.run("check", "--no-lock", "--read-data").exit() == 0;
    List<Finding> findings = new ArrayList<>();
    try (Repository repository =
        Repository.open(new LocalStore(place), PASSWORD.toCharArray(), TestEnvironment.create())) {
      CheckSummary summary =
          new Check(repository, CheckRequest.everything(), findings::add, new Stop()).run();
      assertThat(summary.exitCode() == ExitCode.DONE).as(findings.toString()).isEqualTo(theirs);
    }
    assertThat(theirs).isEqualTo(what.equals("nothing"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static void damage(Path directory, String what) throws Exception {
    Path file;
    try (Stream<Path> files = Files.walk(directory)) {
      // The longest: of packs one with data, for restic looks long for a tree that is gone.
      file = files.filter(Files::isRegularFile).max(BY_LENGTH).orElseThrow();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    byte[] bytes = Files.readAllBytes(file);
    switch (what) {
      case "flip" -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case "truncate" -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      case "delete" -> Files.delete(file);
      default -> assertThat(what).isEqualTo("nothing");
    }
  }
}
