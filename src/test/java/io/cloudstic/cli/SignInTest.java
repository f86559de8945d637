package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.Mood;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest(name = "{0} ends with {1}")
  @CsvSource({
    "EXPIRED_TOKENS, 0, saved",
    "ROTATED_TOKENS, 0, saved",
    "SHORT_TOKENS, 0, saved",
    "CLAIMS_CHALLENGE, 0, saved",
    "BUSY_SIGN_IN, 0, saved",
    "WRONG_CLOCK, 0, saved",
    "REVOKED_SIGN_IN, 13, AADSTS70000",
    "CLAIMS_FOR_PERSON, 13, AADSTS50076",
    "CLAIMS_FOREVER, 13, claims challenge",
    "CONSENT_MISSING, 13, ask an administrator",
    "BLOCKED_SIGN_IN, 13, ask its administrator",
  })
  @DisplayName("in the simulator's mood")
  void moods(Mood mood, int exit, String told) throws Exception {
    Path other = directory.resolve("mood");
    try (Simulator moody =
        Simulator.start(
            SimulatorOptions.lifelike().limits(Limits.NONE).seed(8).moods(List.of(mood)))) {
      Workplace place = Workplace.in(other).on(moody);
      place.run(0, BACKUP);
      Workplace.Run second = place.run(exit, BACKUP);
      assertThat(second.out() + second.err()).contains(told);
      assertThat(moody.faults().unreached()).isEmpty();
      assertThat(place.locks()).isEmpty();
      if (exit == 0) {
        FileState expected = FileState.of(moody.model());
        assertThat(expected.differences(FileState.of(place.restore("latest")))).isEmpty();
      } else {
        assertThat(second.err()).contains("auth login");
      }
    }
  }

  @Test
  @DisplayName("that the person declines says so, by code and in the browser")
  void declined() throws Exception {
    try (Simulator moody =
        Simulator.start(SimulatorOptions.lifelike().moods(List.of(Mood.DECLINED_SIGN_IN)))) {
      Workplace place = Workplace.in(directory.resolve("mood")).on(moody);
      Workplace.Run run =
          place.atTerminal("", SignInTest::open, "auth", "login", "-device-code=false");
      assertThat(run.exit()).isEqualTo(13);
      assertThat(run.err()).contains("declined");
    }
  }
}
