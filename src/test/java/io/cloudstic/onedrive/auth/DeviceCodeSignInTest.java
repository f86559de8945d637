package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.onedrive.auth.AuthorizationServer.Reply;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signing in by device code")
@Timeout(60)
class DeviceCodeSignInTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> said = new ArrayList<>();
  private AuthorizationServer server;
  private DeviceCodeSignIn signIn;

  @BeforeEach
  void start() throws Exception {
    server = new AuthorizationServer();
    SignInSettings settings =
        new SignInSettingsReader(server.environment()::get, key -> null).read(Path.of("config"));
    Authority authority = new Authority(new JdkSender(new Stop()), clock, clock);
    signIn =
        new DeviceCodeSignIn(
            settings,
            authority,
            new TokenEndpoint(
                authority,
                TokenEndpoint.Client.ofPublic(
                    settings.tokenEndpoint(), AuthorizationServer.CLIENT_ID)),
            said::add,
            clock,
            clock);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  @DisplayName("shows page and code, and polls at the pace that is asked for")
  void signsIn() {
    server.deviceStates("authorization_pending", "authorization_pending", "slow_down");
    Token token = signIn.signIn(null);
    assertThat(token.accessToken()).startsWith("access-token-");
    assertThat(token.refreshToken()).startsWith("refresh-token-");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("https://microsoft.com/devicelogin", "ABCD-EFGH")
        .doesNotContain("device-code-secret");
    assertThat(clock.sleeps())
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @DisplayName("ends with the reason when it is refused")
  @CsvSource({
    "authorization_declined, declined",
    "expired_token, not entered in time",
    "bad_verification_code, cloudstic auth login"
  })
  void refused(String error, String advice) {
    server.deviceStates("authorization_pending", error);
    assertThatThrownBy(() -> signIn.signIn(null))
        .isInstanceOfSatisfying(
            SignInRequiredException.class,
            e -> assertThat(e.advice().orElseThrow()).contains(advice))
        .hasMessageContaining(error);
  }

  @Test
  @DisplayName("names the browser when the organisation blocks device codes")
  void blocked() {
    server.script(
        Reply.json(
            200,
            "{\"user_code\":\"A\",\"device_code\":\"d\",\"verification_uri\":\"https://x.example/\","
                + "\"expires_in\":900}"),
        Reply.error(400, "access_denied", 53003, "Blocked."));
    assertThatThrownBy(() -> signIn.signIn(null))
        .isInstanceOfSatisfying(
            SignInRequiredException.class,
            e -> assertThat(e.advice().orElseThrow()).contains("by browser: cloudstic auth login"));
  }

  @Test
  @DisplayName("goes on through a broken network until the code dies")
  void brokenNetwork() {
    Reply code =
        Reply.json(
            200,
            "{\"user_code\":\"A\",\"device_code\":\"device-code-secret\","
                + "\"verification_uri\":\"https://x.example/\",\"expires_in\":900,\"interval\":5}");
    Reply broken = new Reply(502, Map.of(), "text/html", "<html>");
    server.script(
        Stream.concat(Stream.of(code), Stream.generate(() -> broken).limit(9))
            .toArray(Reply[]::new));
    assertThat(signIn.signIn(null).accessToken()).startsWith("access-token-");
  }

  @Test
  @DisplayName("ends when the code was not entered in time")
  void expires() {
    server.script(
        Reply.json(
            200,
            "{\"user_code\":\"A\",\"device_code\":\"device-code-secret\","
                + "\"verification_uri\":\"https://x.example/\",\"expires_in\":60}"));
    server.deviceStates(
        Stream.generate(() -> "authorization_pending").limit(100).toArray(String[]::new));
    assertThatThrownBy(() -> signIn.signIn(null))
        .isInstanceOf(SignInRequiredException.class)
        .hasMessageContaining("in time");
    assertThat(server.tokenRequests).hasSize(60 / 5);
  }

  @Test
  @DisplayName("believes no reply without a code")
  void noCode() {
    server.script(Reply.json(200, "{\"device_code\":\"TOPSECRET\"}"));
    assertThatThrownBy(() -> signIn.signIn(null))
        .isInstanceOf(AuthorityUnavailableException.class)
        .hasNoCause()
        .message()
        .doesNotContain("TOPSECRET");
  }
}
