package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.store.camel.S3TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same story in a bucket. */
@DisplayName("A repository in S3")
@Timeout(300)
class S3BackupTest {
  @TempDir Path directory;

  private S3TestServer server;
  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    System.setProperty("aws.accessKeyId", S3TestServer.ID);
    System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    server = new S3TestServer();
    server.createBucket("backups");
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(71).files(40));
    drive = simulator.model();
    drive.put("/large.bin", new GeneratedContent(9, 3_000_000, false));
    workplace =
        Workplace.empty(directory)
            .on(simulator)
            .with("CLOUDSTIC_STORE", "s3:backups/one drive")
            .with("CLOUDSTIC_S3_ENDPOINT", server.endpoint().toString())
            .with("CLOUDSTIC_S3_REGION", "us-east-1");
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  @DisplayName("takes a drive in full and by changes, and gives it back, to restic as well")
  void story() throws Exception {
    workplace.run(10, "backup", "-source", "onedrive-changes");
    workplace.run(0, "init");
    workplace.run(1, "init");
    workplace.run(12, "list", "-password", "wrong");
    workplace.backup("onedrive-changes");
    drive.edit(drive.at("/large.bin"), BytesContent.of("small now"));
    drive.put("/new/letter.txt", "Dear reader");
    JsonNode second = workplace.backup("onedrive-changes");
    assertThat(second.path("scan").asText()).isEqualTo("delta");

    FileState expected = FileState.of(drive);
    assertThat(expected.differences(FileState.of(workplace.restore("latest")))).isEmpty();
    workplace.run(0, "check", "-read-data");
    Path restored = directory.resolve("by-restic");
    restic("check", "--read-data");
    restic("restore", "latest", "--target", restored.toString());
    assertThat(expected.differences(FileState.of(restored))).isEmpty();
    assertThat(
            workplace.run(0, "prune", "-dry-run", "-json").json().path("packs_unindexed").asInt())
        .isZero();
    workplace.run(0, "forget", "-keep-last", "1", "-prune", "-max-unused", "0");
    restic("check", "--read-data");
    restic("forget", "--keep-last", "1", "--prune");
    simulator.statistics().reset();
    assertThat(workplace.backup("onedrive-changes").path("scan").asText()).isEqualTo("delta");
    assertThat(simulator.statistics().downloads()).isZero();
    restic("check");
  }

  private void restic(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "restic", null);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    ResticProgram.ignoreUser(builder.environment());
    builder.environment().put("AWS_ACCESS_KEY_ID", S3TestServer.ID);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", S3TestServer.SECRET);
    builder.environment().put("RESTIC_PASSWORD", Workplace.PASSWORD);
    builder
        .environment()
        .put("RESTIC_REPOSITORY", "s3:" + server.endpoint() + "/backups/one drive");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
