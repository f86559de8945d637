package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.signin.Rotation;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands of somebody who has to sign in, or cannot. */
@DisplayName("A sign-in")
@Timeout(120)
class SignInTest {
  private static final String CLAIMS =
      "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1763800000\"}}}";
  private static final String[] BACKUP = {"backup", "-source", "onedrive-changes"};

  @TempDir Path directory;
  private Simulator simulator;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.lifelike().limits(Limits.NONE).seed(7).rotation(Rotation.REVOKE_OLD));
    simulator.model().put("/a.txt", "a");
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Path tokenFile() {
    return workplace.config().resolve("onedrive_token.json");
  }

  private JsonNode token() throws IOException {
    return new ObjectMapper().readTree(tokenFile().toFile());
  }

  /** What a person does with an address that they are shown. */
  private static void open(String line) {
    if (line.startsWith("http")) {
      CompletableFuture.runAsync(
          () -> {
            try {
              HttpClient.newBuilder()
                  .followRedirects(HttpClient.Redirect.ALWAYS)
                  .build()
                  .send(
                      HttpRequest.newBuilder(URI.create(line)).build(),
                      HttpResponse.BodyHandlers.discarding());
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  @DisplayName("that is missing ends a backup with 13, naming the command, where nobody can do it")
  void nobodyThere() throws Exception {
    Files.delete(tokenFile());
    assertThat(workplace.run(13, BACKUP).err()).contains("cloudstic auth login");
    Workplace.Run quiet =
        workplace.atTerminal("y\n", line -> {}, "backup", "-source", "onedrive", "-no-prompt");
    assertThat(quiet.exit()).isEqualTo(13);
    assertThat(quiet.err()).contains("cloudstic auth login").doesNotContain("Sign in now");
  }

  @Test
  @DisplayName("is offered by a backup at a terminal, which then goes on")
  void offered() throws Exception {
    Files.delete(tokenFile());
    Workplace.Run declined = workplace.atTerminal("n\n", line -> {}, BACKUP);
    assertThat(declined.exit()).isEqualTo(13);
    Workplace.Run run = workplace.atTerminal("y\n", SignInTest::open, BACKUP);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("saved");
    assertThat(Files.getPosixFilePermissions(tokenFile())).hasSize(2);
    workplace.assertNoSecretOnDisk();
    assertThat(workplace.locks()).isEmpty();
  }

  @Test
  @DisplayName("that is dead says so once, without asking the authority again and again")
  void dead() throws Exception {
    simulator.tokens().expireAccessTokens();
    simulator.tokens().revokeRefreshTokens();
    assertThat(workplace.run(13, BACKUP).err()).contains("invalid_grant", "cloudstic auth login");
    Workplace.Run run = workplace.atTerminal("y\n", SignInTest::open, BACKUP);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  @Test
  @DisplayName("goes on through expired access tokens, and keeps unknown fields of the file")
  void rotates() throws Exception {
    ObjectNode foreign = (ObjectNode) token();
    foreign.put("id_token", "x").put("expiry", "2026-11-22T10:00:00.123456789+01:00");
    Files.writeString(tokenFile(), foreign.toString());
    String old = foreign.path("refresh_token").asText();
    for (int i = 0; i < 3; i++) {
      simulator.tokens().expireAccessTokens();
      workplace.run(0, BACKUP);
    }
    assertThat(token().path("id_token").asText()).isEqualTo("x");
    assertThat(token().path("refresh_token").asText()).isNotEqualTo(old);
  }

  @Test
  @DisplayName("answers a claims challenge by itself where renewing is enough")
  void claimsByRenewal() throws Exception {
    simulator.tokens().challenge(CLAIMS, false);
    workplace.run(0, BACKUP);
  }

  @Test
  @DisplayName("is needed where only a person can answer a claims challenge, and answers it")
  void claimsByPerson() throws Exception {
    simulator.tokens().challenge(CLAIMS, true);
    assertThat(workplace.run(13, BACKUP).err()).contains("AADSTS50076", "cloudstic auth login");
    Workplace.Run login =
        workplace.atTerminal("", SignInTest::open, "auth", "login", "-device-code=false");
    assertThat(login.exit()).as(login.err()).isZero();
    assertThat(token().has("cloudstic_claims")).isFalse();
    workplace.run(0, BACKUP);
    simulator.tokens().expireAccessTokens();
    workplace.run(0, BACKUP);
  }

  @Test
  @DisplayName("does not run in circles when every token is challenged")
  void claimsForEver() throws Exception {
    simulator.faults().on("graph GET").then(new Effect.ClaimsChallenge(CLAIMS));
    long before = simulator.statistics().calls();
    assertThat(workplace.run(13, BACKUP).err()).contains("claims challenge");
    assertThat(simulator.statistics().calls() - before).isLessThan(8);
    assertThat(token().path("cloudstic_claims").asText()).isEqualTo(CLAIMS);
  }

  @Test
  @DisplayName("of an app by certificate or secret needs nobody")
  void appOnly() throws Exception {
    workplace.with("ONEDRIVE_TENANT", "contoso.example").with("ONEDRIVE_CLIENT_SECRET", "s3cret");
    workplace.run(0, "auth", "login");
    JsonNode status = workplace.run(0, "auth", "status", "-json").json();
    assertThat(status.path("app_only").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("that lacks the consent of an administrator says what to ask them for")
  void consent() {
    simulator
        .faults()
        .on("sign-in POST .*token")
        .then(Effect.signInError(400, "invalid_grant", 65001));
    simulator.tokens().expireAccessTokens();
    assertThat(workplace.run(13, BACKUP).err()).contains("AADSTS65001", "accept", "administrator");
  }
}
