package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What kill -9 does; PruneInterruptedTest tries every operation. {@code
 * -Dcloudstic.killed.prunes=50} kills it more often than every build does.
 */
@DisplayName("A prune that is killed")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class KilledPruneTest {
  private static final int BACKUPS = 6;

  private final long seed = Long.getLong("cloudstic.killed.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @TempDir Path directory;

  private Workplace workplace;

  @Test
  @DisplayName("leaves every snapshot whole, and the next one clears up")
  void killed() throws Exception {
    int times = Integer.getInteger("cloudstic.killed.prunes", 1);
    for (int i = 1; i <= times; i++) {
      killed("seed " + seed + ", " + i, directory.resolve("place" + i));
    }
  }

  private void killed(String when, Path place) throws Exception {
    workplace = Workplace.in(Files.createDirectories(place));
    Map<String, FileState> states = backups(place.resolve("source"));
    Process prune = workplace.start("prune", "-max-unused", "0", "-grace", "0");
    try {
      awaitChanges(prune, 1 + random.nextInt(30));
    } finally {
      prune.destroyForcibly().waitFor();
    }
    workplace.run(0, "unlock");
    assertThat(workplace.run("check", "-read-data").exit()).as(when).isZero();
    workplace.assertSound();
    workplace.run(0, "prune", "-max-unused", "0", "-grace", "0");

    workplace.assertSound();
    JsonNode left = workplace.run(0, "prune", "-max-unused", "0", "-grace", "0", "-json").json();
    assertThat(left.path("bytes_removed").asLong()).as(when).isZero();
    assertThat(left.path("packs_unindexed").asInt()).as(when).isZero();
    assertThat(workplace.run(0, "list", "-json").json()).as(when).hasSize(states.size());
    for (Map.Entry<String, FileState> snapshot : states.entrySet()) {
      Path restored = workplace.restore(snapshot.getKey()).resolve("." + place.resolve("source"));
      assertThat(snapshot.getValue().differences(FileState.of(restored))).as(when).isEmpty();
    }
  }

  /** Some of which are forgotten again; what the others are by snapshot. */
  private Map<String, FileState> backups(Path source) throws Exception {
    Files.createDirectories(source);
    Map<String, FileState> states = new TreeMap<>();
    for (int i = 0; i < BACKUPS; i++) {
      for (int file = 0; file < 4; file++) {
        byte[] content = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(content);
        Files.write(source.resolve("file" + random.nextInt(10)), content);
      }
      String id = workplace.backup("local:" + source).path("snapshot_id").asText();
      if (i % 2 == 0) {
        workplace.run(0, "forget", id);
      } else {
        states.put(id, FileState.of(source));
      }
    }
    return states;
  }

  /** Returns when so many files have come or gone, or the process has ended. */
  private void awaitChanges(Process prune, int changes) throws Exception {
    Set<String> before = names();
    int seen = 0;
    while (prune.isAlive() && seen < changes) {
      TimeUnit.MILLISECONDS.sleep(1);
      try {
        Set<String> now = names();
        seen += (int) now.stream().filter(name -> !before.contains(name)).count();
        seen += (int) before.stream().filter(name -> !now.contains(name)).count();
        before.clear();
        before.addAll(now);
      } catch (IOException vanished) {
        seen++;
      }
    }
  }

  private Set<String> names() throws IOException {
    return new TreeSet<>(workplace.repositoryListing().keySet());
  }
}
