package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.run.ManualClock;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.signin.Rotation;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sign-in look-alike")
class SignInServerTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mBPJYpVqHKZsT1ZsRqnHVSWQWcQv0M";
  private static final String REDIRECT = "http://localhost:8765/callback";
  private static final String SCOPE = "offline_access User.Read Files.Read";

  private final ManualClock clock = new ManualClock();
  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    start(SimulatorOptions.lifelike());
  }

  private void start(SimulatorOptions options) throws IOException {
    close();
    simulator = Simulator.start(options.clock(clock).clientId("app"));
  }

  @AfterEach
  void close() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private HttpResponse<String> authorize(String tenant, String redirect) {
    return Caller.bare(
        simulator.authorityUrl()
            + "/"
            + tenant
            + "/oauth2/v2.0/authorize?client_id=app&response_type=code&response_mode=query"
            + "&redirect_uri="
            + encode(redirect)
            + "&scope="
            + encode(SCOPE)
            + "&state=a%2Bb%20c&code_challenge_method=S256&code_challenge="
            + challenge());
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String code() {
    String location = authorize("common", REDIRECT).headers().firstValue("Location").orElseThrow();
    return location.replaceAll(".*[?&]code=([^&]+).*", "$1");
  }

  private HttpResponse<String> token(String form) {
    return Caller.form(simulator.authorityUrl() + "/common/oauth2/v2.0/token", form);
  }

  private HttpResponse<String> redeem(String code, String redirect, String verifier) {
    return token(
        "grant_type=authorization_code&client_id=app&code="
            + code
            + "&redirect_uri="
            + encode(redirect)
            + "&code_verifier="
            + verifier);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String error(HttpResponse<String> answer) {
    JsonNode body = Caller.json(answer.body());
    return answer.statusCode()
        + " "
        + body.path("error").asText()
        + " "
        + body.at("/error_codes/0").asInt();
  }

  @Test
  @DisplayName("sends the browser back with code and state, and gives tokens that Graph accepts")
  void browserFlow() {
    HttpResponse<String> answer = authorize("common", REDIRECT);
    assertThat(answer.statusCode()).isEqualTo(302);
    String location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "?code=");
    assertThat(URLDecoder.decode(location, StandardCharsets.UTF_8)).endsWith("&state=a+b c");
    JsonNode tokens = Caller.json(redeem(code(), REDIRECT, VERIFIER).body());
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(3599);
    assertThat(tokens.path("refresh_token").asText()).isNotEmpty();
    assertThat(
            Caller.bare(
                    simulator.graphUrl() + "/me",
                    "Authorization",
                    "Bearer " + tokens.path("access_token").asText())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("checks the PKCE verifier")
  void pkce() {
    String code = code();
    assertThat(error(redeem(code, REDIRECT, "x".repeat(43)))).isEqualTo("400 invalid_grant 501481");
    assertThat(error(redeem(code, REDIRECT, ""))).isEqualTo("400 invalid_grant 501481");
    assertThat(redeem(code, REDIRECT, VERIFIER).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("takes a code once, within ten minutes, with exactly its redirect URI")
  void codes() {
    String code = code();
    assertThat(error(redeem(code, "http://localhost:8765/Callback", VERIFIER)))
        .isEqualTo("400 invalid_grant 500112");
    assertThat(redeem(code, REDIRECT, VERIFIER).statusCode()).isEqualTo(200);
    assertThat(error(redeem(code, REDIRECT, VERIFIER))).isEqualTo("400 invalid_grant 54005");
    String late = code();
    clock.advance(Duration.ofMinutes(11));
    assertThat(error(redeem(late, REDIRECT, VERIFIER))).isEqualTo("400 invalid_grant 70008");
    assertThat(error(redeem("nonsense", REDIRECT, VERIFIER))).isEqualTo("400 invalid_grant 70000");
  }

  @Test
  @DisplayName("redirects to loopback only, and adds the slash that localhost lacks")
  void redirects() {
    HttpResponse<String> foreign = authorize("common", "http://evil.example/");
    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(foreign.body()).contains("AADSTS50011");
    assertThat(authorize("common", "http://localhost:8765").headers().firstValue("Location"))
        .hasValueSatisfying(url -> assertThat(url).startsWith("http://localhost:8765/?code="));
  }

  @Test
  @DisplayName("tells the client when the user declines")
  void declined() {
    simulator.signIn().declineNext("access_denied", 65004, "The user declined.");
    assertThat(authorize("common", REDIRECT).headers().firstValue("Location").orElseThrow())
        .contains("error=access_denied")
        .contains("state=a%2Bb+c");
    assertThat(authorize("common", REDIRECT).headers().firstValue("Location").orElseThrow())
        .contains("code=");
  }

  @Test
  @DisplayName("rotates refresh tokens; the old one stays good, or not")
  void rotation() throws IOException {
    String first = refreshToken();
    String second = refreshed(first);
    assertThat(second).isNotEqualTo(first);
    assertThat(refresh(first).statusCode()).isEqualTo(200);
    start(SimulatorOptions.lifelike().rotation(Rotation.REVOKE_OLD));
    first = refreshToken();
    second = refreshed(first);
    assertThat(error(refresh(first))).isEqualTo("400 invalid_grant 70000");
    assertThat(refresh(second).statusCode()).isEqualTo(200);
    start(SimulatorOptions.lifelike().rotation(Rotation.NO_NEW));
    assertThat(Caller.json(refresh(refreshToken()).body()).has("refresh_token")).isFalse();
  }

  @Test
  @DisplayName("refuses dead refresh tokens and clients that show a secret they should not have")
  void refusals() {
    String token = refreshToken();
    assertThat(
            error(
                token(
                    "grant_type=refresh_token&client_id=app&client_secret=x&refresh_token="
                        + token)))
        .isEqualTo("401 invalid_client 700025");
    assertThat(error(token("grant_type=refresh_token&client_id=other&refresh_token=" + token)))
        .isEqualTo("400 unauthorized_client 700016");
    simulator.tokens().revokeRefreshTokens();
    assertThat(error(refresh(token))).isEqualTo("400 invalid_grant 70000");
  }

  private String refreshToken() {
    return Caller.json(redeem(code(), REDIRECT, VERIFIER).body()).path("refresh_token").asText();
  }

  private HttpResponse<String> refresh(String token) {
    return token("grant_type=refresh_token&client_id=app&refresh_token=" + token);
  }

  private String refreshed(String token) {
    return Caller.json(refresh(token).body()).path("refresh_token").asText();
  }

  @Test
  @DisplayName("lets a device poll: pending, slow down, done, used up")
  void deviceFlow() {
    JsonNode begun =
        Caller.json(
            Caller.form(
                    simulator.authorityUrl() + "/common/oauth2/v2.0/devicecode",
                    "client_id=app&scope=" + encode(SCOPE))
                .body());
    assertThat(begun.path("message").asText()).contains(begun.path("user_code").asText());
    assertThat(begun.path("interval").asInt()).isEqualTo(5);
    String poll =
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=app&device_code="
            + begun.path("device_code").asText();
    assertThat(error(token(poll))).startsWith("400 authorization_pending");
    assertThat(error(token(poll))).startsWith("400 slow_down");
    clock.advance(Duration.ofSeconds(5));
    assertThat(error(token(poll))).startsWith("400 slow_down");
    clock.advance(Duration.ofSeconds(15));
    assertThat(token(poll).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(15));
    assertThat(error(token(poll))).startsWith("400 expired_token");
  }

  @Test
  @DisplayName("knows which tenants fit the account")
  void tenants() throws IOException {
    assertThat(error(authorize("consumers", REDIRECT))).isEqualTo("400 invalid_request 9002346");
    start(SimulatorOptions.lifelike().accountType(AccountType.PERSONAL));
    assertThat(error(authorize("organizations", REDIRECT)))
        .isEqualTo("400 invalid_request 9002331");
    assertThat(authorize("consumers", REDIRECT).statusCode()).isEqualTo(302);
    start(SimulatorOptions.lifelike().tenant("contoso.example"));
    assertThat(error(authorize("common", REDIRECT))).isEqualTo("400 invalid_request 50194");
  }

  @Test
  @DisplayName("fails with pages and server errors when the plan says so")
  void faults() {
    String token = refreshToken();
    simulator.faults().on("sign-in POST .*token").once().then(Effect.html(503));
    HttpResponse<String> page = refresh(token);
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.body()).contains("<html>");
    assertThat(refresh(token).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("writes a token file of the usual form")
  void tokenFile() {
    JsonNode file = Caller.json(simulator.tokenFile());
    assertThat(file.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("access_token", "token_type", "refresh_token", "expiry");
    assertThat(refresh(file.path("refresh_token").asText()).statusCode()).isEqualTo(200);
  }
}
