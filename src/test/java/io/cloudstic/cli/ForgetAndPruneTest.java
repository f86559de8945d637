package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.retention.Prune;
import io.cloudstic.retention.PruneRequest;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("forget and prune")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ForgetAndPruneTest {
  @TempDir Path directory;

  private Workplace workplace;
  private Path source;

  @BeforeEach
  void threeSnapshots() throws Exception {
    workplace = Workplace.in(directory);
    source = Files.createDirectory(directory.resolve("source"));
    Random random = new Random(3);
    for (int i = 0; i < 3; i++) {
      byte[] content = new byte[2_000];
      random.nextBytes(content);
      Files.write(source.resolve("file"), content);
      Files.writeString(source.resolve("other" + i), "other " + i);
      workplace.backup("local:" + source, "-tag", i == 0 ? "first" : "later");
    }
  }

  @Test
  @DisplayName("change nothing at all in a dry run, and say what they would do")
  void dryRun() throws Exception {
    Map<String, String> before = workplace.repositoryListing();

    Workplace.Run run = workplace.run(0, "forget", "-keep-last", "1", "-prune", "-dry-run");
    Workplace.Run pruned = workplace.run(0, "prune", "-dry-run", "-json");

    assertThat(workplace.repositoryListing()).isEqualTo(before);
    assertThat(run.out())
        .contains("Applying policy: keep 1 latest snapshots")
        .contains("keep 1 snapshot:")
        .contains("last snapshot")
        .contains("forget 2 snapshots:")
        .contains("Would forget 2 snapshots")
        .containsPattern("to delete: +[1-9]\\d* blobs")
        .contains("Would have removed");
    assertThat(pruned.json().path("dry_run").asBoolean()).isTrue();
    assertThat(pruned.json().path("bytes_removed").asLong()).isZero();
    assertThat(pruned.json().path("packs_spared").isInt()).isTrue();
    assertThat(pruned.json().path("packs_left").isInt()).isTrue();
  }

  @Test
  @DisplayName("remove what is not kept, and leave what restic finds sound")
  void forgetAndPrune() throws Exception {
    Workplace.Run run =
        workplace.run(0, "forget", "-keep-last", "1", "-prune", "-max-unused", "0", "-json");

    JsonNode groups = new ObjectMapper().readTree(run.out());
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).path("keep")).hasSize(1);
    assertThat(groups.get(0).path("remove")).hasSize(2);
    assertThat(groups.get(0).path("reasons").get(0).path("matches").get(0).asText())
        .isEqualTo("last snapshot");
    assertThat(groups.get(0).path("paths").get(0).asText()).isEqualTo(source.toString());
    workplace.assertSound();
    assertThat(workplace.restic().run("prune", "--dry-run", "--max-unused", "0").all())
        .containsPattern("total prune: +0 blobs / 0 B");
    assertThat(workplace.locks()).isEmpty();
    // A directory is restored with its absolute path, as restic does it.
    assertThat(workplace.restore("latest").resolve("." + source).resolve("other2"))
        .hasContent("other 2");
  }

  @Test
  @DisplayName("take named snapshots, and nothing when one of them does not exist")
  void byName() throws Exception {
    String first =
        workplace.run(0, "list", "-tag", "first", "-json").json().get(0).path("id").asText();
    Map<String, String> before = workplace.repositoryListing();
    workplace.run(1, "forget", first.substring(0, 10), "ffff");
    workplace.run(2, "forget", first.substring(0, 10), "-keep-last", "1");
    assertThat(workplace.repositoryListing().keySet()).isEqualTo(before.keySet());

    workplace.run(0, "forget", first.substring(0, 10), first);

    assertThat(workplace.run(0, "list", "-json").json()).hasSize(2);
  }

  @Test
  @DisplayName("refuse to take everything unless that is said")
  void everything() throws Exception {
    workplace.run(2, "forget");
    workplace.run(2, "forget", "-unsafe-allow-remove-all");
    workplace.run(2, "forget", "-keep-daily", "many");
    workplace.run(2, "forget", "-keep-within", "soon");
    workplace.run(2, "prune", "-max-unused", "100%");
    Workplace.Run refused = workplace.run(1, "forget", "-keep-tag", "none");
    assertThat(refused.err()).contains("keep no snapshot at all").contains(source.toString());
    assertThat(workplace.run(0, "list", "-json").json()).hasSize(3);

    workplace.run(0, "forget", "-tag", "later", "-unsafe-allow-remove-all");

    assertThat(workplace.run(0, "list", "-json").json()).hasSize(1);
  }

  @Test
  @DisplayName("keep packs that no index names until they are a day old, and say so")
  void graceTime() throws Exception {
    Instant now = Instant.now();
    Path old = orphan("aa", now.minus(Duration.ofHours(25)));
    Path young = orphan("bb", now.minus(Duration.ofHours(23)));
    Path future = orphan("cc", now.plus(Duration.ofDays(400)));
    Path timeless = orphan("dd", Instant.EPOCH);

    JsonNode planned = workplace.run(0, "prune", "-dry-run", "-json").json();
    assertThat(planned.path("packs_unindexed").asInt()).isEqualTo(4);
    assertThat(planned.path("packs_unindexed_young").asInt()).isEqualTo(2);
    assertThat(planned.path("packs_unindexed_undated").asInt()).isEqualTo(1);
    assertThat(planned.path("bytes_unindexed_kept").asInt()).isEqualTo(300);
    assertThat(planned.path("bytes_removed").asInt()).isEqualTo(100);
    assertThat(old).exists();

    Workplace.Run run = workplace.run(0, "prune");
    assertThat(run.out())
        .containsPattern("in no index: +4 packs")
        .containsPattern("kept of those: +2 packs that are younger than 24h")
        .containsPattern("kept of those: +1 packs, for the store does not say")
        .contains("Removed 1 packs");
    assertThat(old).doesNotExist();
    assertThat(young).exists();

    workplace.run(2, "prune", "-grace", "soon");
    workplace.run(0, "prune", "-grace", "22h");
    assertThat(young).doesNotExist();
    assertThat(future).exists();
    assertThat(timeless).exists();

    workplace.run(0, "prune", "-grace", "0");
    assertThat(future).doesNotExist();
    assertThat(timeless).doesNotExist();
    workplace.assertSound();
  }

  @Test
  @DisplayName("judge ages by the store's clock where ours is ahead of it")
  void clockAhead() throws Exception {
    Path pack = orphan("aa", Instant.now().minus(Duration.ofHours(2)));
    try (Repository repository =
        Repository.open(
            new LocalStore(workplace.repository()),
            Workplace.PASSWORD.toCharArray(),
            TestEnvironment.create(
                Clock.offset(Clock.systemUTC(), Duration.ofDays(30)), duration -> {}))) {
      try (RepositoryLock lock = repository.lock(LockKind.PRUNE)) {
        Prune prune =
            new Prune(
                repository, PruneRequest.DEFAULT, (stage, done, total) -> {}, lock, new Stop());
        prune.plan();
        prune.run();
      }
    }
    assertThat(pack).exists();
  }

  /** A pack that no index names, as a backup leaves it that was killed at that time. */
  private Path orphan(String begin, Instant stored) throws Exception {
    Path pack = workplace.repository().resolve("data/" + begin + "/" + begin.repeat(32));
    Files.createDirectories(pack.getParent());
    Files.write(pack, new byte[100]);
    return Files.setLastModifiedTime(pack, FileTime.from(stored));
  }

  @Test
  @DisplayName("wait for nobody: while a backup runs they end with 11")
  void locked() throws Exception {
    // Without unused content, whether there is anything to do depends on the number of small packs.
    String first =
        workplace.run(0, "list", "-tag", "first", "-json").json().get(0).path("id").asText();
    workplace.run(0, "forget", first);
    try (Repository repository =
            Repository.open(
                new LocalStore(workplace.repository()),
                Workplace.PASSWORD.toCharArray(),
                TestEnvironment.create());
        RepositoryLock backup = repository.lock(LockKind.SHARED)) {
      workplace.run(11, "forget", "-keep-last", "1");
      workplace.run(11, "prune");
      assertThat(workplace.run(11, "prune", "-retry-lock", "1s").err())
          .contains("Waiting up to 1s: the repository is locked by tester");
      assertThat(workplace.run(11, "prune", "-max-unused", "0", "-retry-lock", "1s").err())
          .contains("so nothing was removed");
      workplace.run(2, "prune", "-retry-lock", "soon");
      workplace.run(0, "prune", "-dry-run");
    }
    workplace.run(0, "prune");
  }
}
