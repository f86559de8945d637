package io.cloudstic.restic.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.chunk.Chunks;
import io.cloudstic.restic.chunk.FastCdc;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.TreeEncoder;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("restic")
class ResticAcceptsTest {
  private static final String PASSWORD = "secret";

  @TempDir Path temp;

  @Test
  @DisplayName("checks every byte that the writer wrote, and restores it")
  void accepts() throws Exception {
    byte[] content = new byte[56 << 20];
    new Random(1).nextBytes(content);
    System.arraycopy(content, 0, content, 20 << 20, 10 << 20);
    // Long enough for two equal chunks, wherever the repository's polynomial begins to cut it.
    java.util.Arrays.fill(content, 30 << 20, 56 << 20, (byte) 'x');
    EmptyRepository.make(repository(), PASSWORD, 2);
    RepositoryEnvironment environment = RepositoryEnvironment.system(Clock.systemUTC(), new Stop());
    try (Repository repository =
            Repository.open(new LocalStore(repository()), PASSWORD.toCharArray(), environment);
        BlobWriter writer =
            new BlobWriter(
                repository.store(),
                repository.key(),
                repository.index(),
                repository.files(),
                environment.random(),
                environment.clock(),
                WriteLimits.standard())) {
      FastCdc cdc = new FastCdc(repository.config().chunkerPolynomial(), writer.buffers());
      List<Id> ids = new ArrayList<>();
      try (Chunks chunks = cdc.cut(new ByteArrayInputStream(content))) {
        while (chunks.hasNext()) {
          Chunk chunk = chunks.next();
          ids.add(writer.save(BlobType.DATA, chunk.buffer(), 0, chunk.length()).id());
          chunk.release();
        }
      }
      assertThat(writer.totals().dataBlobs()).isLessThan(ids.size());
      byte[] tree =
          new TreeEncoder()
              .add(Node.file(NodeName.of("file"), ids).size(content.length).mode(0644).build())
              .encode();
      Id root = writer.save(BlobType.TREE, tree, 0, tree.length).id();
      writer.flush();
      repository
          .snapshots()
          .save(
              Snapshot.builder()
                  .time(OffsetDateTime.now(environment.clock()))
                  .tree(root)
                  .paths(List.of("/"))
                  .hostname("test")
                  .build());
    }
    assertThat(restic("check", "--read-data")).contains("no errors were found");
    restic("restore", "latest", "--target", temp.resolve("out").toString());
    assertThat(Files.readAllBytes(temp.resolve("out/file"))).isEqualTo(content);
  }

  private Path repository() {
    return temp.resolve("repository");
  }

  private String restic(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("restic", "-r", repository().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    ResticProgram.ignoreUser(builder.environment());
    builder.environment().put("RESTIC_PASSWORD", PASSWORD);
    builder.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }
}
