package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.store.camel.S3Intermediary;
import io.cloudstic.store.camel.S3Intermediary.Refusal;
import io.cloudstic.store.camel.S3Intermediary.Request;
import io.cloudstic.store.camel.S3TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One service, a repository in it, and what may be wrong with the way to it. */
@DisplayName("The doctor of a bucket")
@Timeout(120)
class DoctorOfS3Test {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @TempDir static Path shared;
  private static S3TestServer server;
  private static S3Intermediary way;
  private static Simulator simulator;
  private static Workplace workplace;

  private final Map<String, JsonNode> checks = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("aws.accessKeyId", S3TestServer.ID);
    System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    server = new S3TestServer();
    server.createBucket("backups");
    way = new S3Intermediary(server.endpoint());
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(3).files(1));
    workplace = Workplace.empty(shared).on(simulator);
    reachable();
    workplace.run(0, "init");
  }

  private static void reachable() {
    workplace
        .with("CLOUDSTIC_STORE", "s3:backups/one drive")
        .with("CLOUDSTIC_S3_ENDPOINT", way.endpoint().toString())
        .with("CLOUDSTIC_S3_REGION", "us-east-1");
  }

  @BeforeEach
  void mend() {
    System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    way.rule(request -> Optional.empty());
    reachable();
  }

  @AfterAll
  static void stop() throws Exception {
    simulator.close();
    way.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  /** What the doctor finds of the store and the repository, which ends so. */
  private void examine(int exit) {
    Workplace.Run run = workplace.run(exit, "doctor", "-json");
    assertThat(run.out() + run.err()).doesNotContain(S3TestServer.SECRET, "Exception", "\tat ");
    for (JsonNode check : run.json().path("checks")) {
      assertThat(check.path("status").asText().equals("pass"))
          .as("%s has a remedy unless it is well", check)
          .isNotEqualTo(check.has("remedy"));
      checks.put(check.path("name").asText(), check);
    }
    checks
        .keySet()
        .removeAll(Set.of("Graph", "cache", "clock", "configuration", "sign-in", "restic"));
  }

  private void assertCheck(String name, String status, String... said) {
    assertThat(checks).containsKey(name);
    assertThat(checks.get(name).path("status").asText())
        .as("%s: %s", name, checks.get(name))
        .isEqualTo(status);
    for (String text : said) {
      assertThat(checks.get(name).toString()).contains(text);
    }
  }

  private void refuse(Predicate<Request> which, Refusal how) {
    way.rule(request -> which.test(request) ? Optional.of(how) : Optional.empty());
  }

  @Test
  @DisplayName("passes one that can do all")
  void healthy() {
    examine(0);
    assertThat(checks)
        .containsOnlyKeys(
            "locks",
            "repository",
            "snapshots",
            "store: clock",
            "store: conditional write",
            "store: delete",
            "store: listing",
            "store: ranges",
            "store: read",
            "store: write")
        .allSatisfy((name, check) -> assertThat(check.path("status").asText()).isEqualTo("pass"));
  }

  @Test
  @DisplayName("fails wrong credentials, and says which to set")
  void wrongCredentials() {
    System.setProperty("aws.secretAccessKey", "something else");
    examine(1);
    assertCheck("store", "fail", "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY");
    assertThat(checks).doesNotContainKeys("repository", "store: write");
  }

  @Test
  @DisplayName("fails a bucket that is not there, and makes none")
  void noBucket() {
    workplace.with("CLOUDSTIC_STORE", "s3:missing/one drive");
    examine(1);
    assertCheck("store", "fail", "no bucket missing", "make the bucket");
  }

  @Test
  @DisplayName("warns of an empty bucket")
  void noRepository() {
    workplace.with("CLOUDSTIC_STORE", "s3:backups/elsewhere");
    examine(0);
    assertCheck("repository", "warn", "cloudstic init -store s3:backups/elsewhere");
    assertCheck("store: write", "pass");
  }

  @Test
  @DisplayName("fails credentials that may only read, and opens the repository all the same")
  void readOnly() {
    refuse(
        request -> Set.of("PUT", "DELETE", "POST").contains(request.method()),
        Refusal.of(403, "AccessDenied"));
    examine(1);
    assertCheck("store: write", "fail", "AccessDenied", "s3:PutObject");
    assertCheck("repository", "pass");
  }

  @Test
  @DisplayName("warns of credentials that may not delete, and names what stays")
  void appendOnly() {
    refuse(request -> request.method().equals("DELETE"), Refusal.of(403, "AccessDenied"));
    examine(0);
    assertCheck("store: delete", "warn", "locks/", "cloudstic-doctor/", "-contested");
    assertCheck("repository", "pass");
  }

  @Test
  @DisplayName("fails credentials that may not list")
  void noListing() {
    refuse(
        request -> request.method().equals("GET") && request.path().contains("prefix="),
        Refusal.of(403, "AccessDenied"));
    examine(1);
    assertCheck("store: listing", "fail", "s3:ListBucket");
    assertCheck("repository", "fail", "s3:ListBucket");
  }

  @Test
  @DisplayName("warns of a service that does not know conditional writes")
  void unconditional() {
    refuse(
        request -> request.headers().containsKey("if-none-match"),
        Refusal.of(501, "NotImplemented"));
    examine(0);
    assertCheck("store: conditional write", "warn", "If-None-Match");
    assertCheck("store: write", "pass");
  }

  @Test
  @DisplayName("warns of a clock that is wrong, by which requests are signed all the same")
  void wrongClock() {
    Duration fast = Duration.ofMinutes(20);
    way.rule(
        request -> {
          Instant there = Clock.systemUTC().instant().minus(fast);
          String stamp = request.headers().get("x-amz-date");
          boolean near =
              stamp != null
                  && Duration.between(there, Instant.from(STAMP.parse(stamp)))
                          .abs()
                          .compareTo(Duration.ofMinutes(15))
                      <= 0;
          return near
              ? Optional.empty()
              : Optional.of(
                  new Refusal(
                      403,
                      "RequestTimeTooSkewed",
                      Map.of(
                          "Date",
                          DateTimeFormatter.RFC_1123_DATE_TIME.format(
                              there.atOffset(ZoneOffset.UTC)))));
        });
    examine(0);
    assertCheck("store: clock", "warn", "s fast", "timedatectl");
    assertCheck("repository", "pass");
  }

  @Test
  @DisplayName("fails a service that nobody can reach")
  void unreachable() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      workplace.with("CLOUDSTIC_S3_ENDPOINT", "http://127.0.0.1:" + closed.getLocalPort());
      closed.close();
      examine(1);
    }
    assertCheck("store", "fail", "CLOUDSTIC_S3_ENDPOINT");
    workplace.with("CLOUDSTIC_S3_ENDPOINT", "http://s3.nowhere.invalid");
    examine(1);
    assertCheck("store", "fail", "CLOUDSTIC_S3_ENDPOINT");
  }
}
