package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.AuthorizationServer.Reply;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The token source over a token file")
@Timeout(60)
class StoredTokenSourceTest {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final Stop stop = new Stop();
  private Path path;
  private AuthorizationServer server;
  private TokenSource tokens;

  @BeforeEach
  void start() throws Exception {
    path = directory.resolve("token.json");
    server = new AuthorizationServer();
    tokens = newSource();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private TokenSource newSource() {
    return newSource(server.url());
  }

  private TokenSource newSource(URI authorityUrl) {
    Authority authority = new Authority(new JdkSender(stop), clock, clock);
    URI endpoint = authorityUrl.resolve("/common/oauth2/v2.0/token");
    return new GrantTokenSource(
        new StoredGrant(
            new TokenFile(path, stop, warning -> {}),
            () ->
                new TokenEndpoint(
                    authority,
                    TokenEndpoint.Client.ofPublic(endpoint, AuthorizationServer.CLIENT_ID))),
        clock);
  }

  private void stored(String accessToken, String refreshToken, Duration left) throws Exception {
    Token token = new Token(accessToken, "Bearer", refreshToken, clock.instant().plus(left));
    Files.write(path, TokenFormat.encode(token, "{\"other\":1}".getBytes(StandardCharsets.UTF_8)));
  }

  private Token stored() throws Exception {
    return TokenFormat.decode(Files.readAllBytes(path));
  }

  @Test
  @DisplayName("uses a stored token that is good for more than five minutes without asking")
  void good() throws Exception {
    stored("stored", "refresh", Duration.ofMinutes(6));
    assertThat(tokens.bearer()).isEqualTo("stored");
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  @DisplayName("renews one that is good for less, and stores what it got before it is used")
  void renews() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ofMinutes(5));
    Instant before = clock.instant();
    String bearer = tokens.bearer();
    assertThat(bearer).startsWith("access-token-");
    assertThat(stored().accessToken()).isEqualTo(bearer);
    assertThat(stored().refreshToken()).isNotEqualTo("refresh-token-1");
    assertThat(stored().expiry()).isEqualTo(before.plusSeconds(3599));
    assertThat(Files.readString(path)).contains("\"other\":1");
    assertThat(server.tokenRequests).hasSize(1);
    assertThat(server.tokenRequests.get(0))
        .containsEntry("client_id", AuthorizationServer.CLIENT_ID)
        .doesNotContainKeys("client_secret", "scope");
    assertThat(tokens.bearer()).isEqualTo(bearer);
    assertThat(server.tokenRequests).hasSize(1);
  }

  @Test
  @DisplayName("renews again and again with the rotated refresh token")
  void rotates() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    Set<String> seen = new HashSet<>();
    for (int hour = 0; hour < 5; hour++) {
      assertThat(seen.add(tokens.bearer())).isTrue();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(server.count("refresh_token")).isEqualTo(5);
  }

  @Test
  @DisplayName("keeps the refresh token when the reply brings none")
  void keepsRefreshToken() throws Exception {
    server.rotate = false;
    String refreshToken = server.newRefreshToken();
    stored("stored", refreshToken, Duration.ZERO);
    tokens.bearer();
    assertThat(stored().refreshToken()).isEqualTo(refreshToken);
  }

  @Test
  @DisplayName("works with a refresh token alone")
  void refreshTokenAlone() throws Exception {
    Files.writeString(path, "{\"refresh_token\":\"" + server.newRefreshToken() + "\"}");
    assertThat(tokens.bearer()).startsWith("access-token-");
  }

  @Test
  @DisplayName("does not renew for every request when tokens live very short")
  void shortLived() throws Exception {
    server.lifetime = 60;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    String first = tokens.bearer();
    clock.advance(Duration.ofSeconds(25));
    assertThat(tokens.bearer()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(10));
    assertThat(tokens.bearer()).isNotEqualTo(first);
  }

  @Test
  @DisplayName("takes a reply without a lifetime for a token that does not end")
  void noLifetime() throws Exception {
    server.lifetime = -1;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    String bearer = tokens.bearer();
    clock.advance(Duration.ofDays(1));
    assertThat(tokens.bearer()).isEqualTo(bearer);
    assertThat(stored().expiry()).isNull();
  }

  @Test
  @DisplayName("renews once for all threads")
  void singleFlight() throws Exception {
    server.thinks = 100;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    assertThat(new HashSet<>(inParallel(16, i -> tokens.bearer()))).hasSize(1);
    assertThat(server.tokenRequests).hasSize(1);
  }

  @Test
  @DisplayName("renews once for all sources of one file")
  void manySources() throws Exception {
    server.thinks = 50;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    assertThat(new HashSet<>(inParallel(6, i -> newSource().bearer()))).hasSize(1);
    assertThat(server.tokenRequests).hasSize(1);
  }

  @Test
  @DisplayName("renews once for all processes")
  void manyProcesses() throws Exception {
    server.thinks = 300;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  BearerProcess.class.getName(),
                  path.toString(),
                  server.url().toString(),
                  clock.instant().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    Set<String> printed = new HashSet<>();
    for (Process process : processes) {
      printed.add(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim());
      assertThat(process.waitFor()).isZero();
    }
    assertThat(printed).hasSize(1).containsExactly(stored().accessToken());
    assertThat(server.tokenRequests).hasSize(1);
  }

  @Test
  @DisplayName("takes a token that another process has stored instead of renewing")
  void otherProcess() throws Exception {
    stored("first", "dead", Duration.ofMinutes(10));
    assertThat(tokens.bearer()).isEqualTo("first");
    clock.advance(Duration.ofMinutes(9));
    stored("second", "dead", Duration.ofHours(1));
    assertThat(tokens.bearer()).isEqualTo("second");
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  @DisplayName("renews a rejected token once, however many report it")
  void rejected() throws Exception {
    server.thinks = 50;
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    assertThat(tokens.bearer()).isEqualTo("stored");
    Set<String> renewed =
        new HashSet<>(inParallel(8, i -> tokens.refreshAfterRejection("stored", null)));
    assertThat(renewed).hasSize(1).doesNotContain("stored");
    assertThat(tokens.refreshAfterRejection("stored", null)).isIn(renewed);
    assertThat(server.tokenRequests).hasSize(1);
  }

  @Test
  @DisplayName("asks for a sign-in when the renewed token is rejected straight away")
  void rejectedAgain() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    String renewed = tokens.refreshAfterRejection("stored", null);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> tokens.refreshAfterRejection(renewed, null))
          .isInstanceOf(SignInRequiredException.class)
          .message()
          .doesNotContain(renewed);
    }
    assertThat(server.tokenRequests).hasSize(1);
    clock.advance(Duration.ofMinutes(10));
    assertThat(tokens.refreshAfterRejection(renewed, null)).isNotEqualTo(renewed);
  }

  @Test
  @DisplayName("renews again a renewed token that Graph had accepted before rejecting it")
  void endsBeforeItsTime() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    String token = tokens.refreshAfterRejection("stored", null);
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(10));
      tokens.accepted(token);
      String renewed = tokens.refreshAfterRejection(token, null);
      assertThat(renewed).isNotEqualTo(token);
      token = renewed;
    }
    String never = token;
    assertThatThrownBy(() -> tokens.refreshAfterRejection(never, null))
        .isInstanceOf(SignInRequiredException.class);
  }

  @Test
  @DisplayName("answers a claims challenge once, with the claims, and keeps them for a person then")
  void claims() throws Exception {
    String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    String renewed = tokens.refreshAfterRejection("stored", claims);
    assertThat(server.tokenRequests.get(0)).containsEntry("claims", claims);
    assertThat(new TokenFile(path, stop, warning -> {}).claims()).isEmpty();
    // Other calls accept the token, but the same challenge comes again, and again.
    tokens.accepted(renewed);
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMinutes(10));
      assertThatThrownBy(() -> tokens.refreshAfterRejection(renewed, claims))
          .isInstanceOf(SignInRequiredException.class)
          .hasMessageContaining("claims challenge");
    }
    assertThat(server.tokenRequests).hasSize(1);
    assertThat(new TokenFile(path, stop, warning -> {}).claims()).contains(claims);
    assertThat(stored().accessToken()).isEqualTo(renewed);
    assertThat(Files.readString(path)).contains("\"other\":1");
  }

  @Test
  @DisplayName("does not answer an endless row of different claims challenges")
  void everOtherClaims() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    String renewed = tokens.refreshAfterRejection("stored", "{\"a\":1}");
    tokens.accepted(renewed);
    assertThatThrownBy(() -> tokens.refreshAfterRejection(renewed, "{\"a\":2}"))
        .isInstanceOf(SignInRequiredException.class);
  }

  @Test
  @DisplayName("keeps the claims of the authority when it refuses to renew without a person")
  void claimsOfRefusal() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ofHours(1));
    server.script(
        Reply.json(
            400,
            """
            {"error":"interaction_required","error_description":"AADSTS50076: MFA.",\
            "error_codes":[50076],"claims":"{\\"b\\":1}"}"""));
    assertThatThrownBy(() -> tokens.refreshAfterRejection("stored", "{\"a\":1}"))
        .isInstanceOf(SignInRequiredException.class)
        .hasMessageContaining("AADSTS50076");
    assertThat(new TokenFile(path, stop, warning -> {}).claims()).contains("{\"b\":1}");
  }

  @Test
  @DisplayName("does not loop when the authority gives the rejected token again")
  void sameTokenAgain() throws Exception {
    stored("same", "refresh", Duration.ofHours(1));
    Reply same =
        Reply.json(
            200, "{\"access_token\":\"same\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    server.script(same, same, same, same);
    assertThatThrownBy(() -> tokens.refreshAfterRejection("same", null))
        .isInstanceOf(SignInRequiredException.class);
    assertThat(server.tokenRequests).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("does not ask twice with a refresh token that was refused, until there is a new one")
  void refused() throws Exception {
    stored("stored", "dead-refresh-token", Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(tokens::bearer)
          .isInstanceOfSatisfying(
              SignInRequiredException.class,
              e -> {
                assertThat(e.exitCode()).isEqualTo(ExitCode.SIGN_IN_NEEDED);
                assertThat(e.advice().orElseThrow()).contains("90 days");
                assertThat(e).hasMessageContaining("AADSTS700082");
              });
    }
    assertThat(server.tokenRequests).hasSize(1);
    assertThat(stored().refreshToken()).isEqualTo("dead-refresh-token");
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    assertThat(tokens.bearer()).startsWith("access-token-");
  }

  @Test
  @DisplayName("asks for a sign-in without a token file, and without a refresh token")
  void nothingToRenewBy() throws Exception {
    assertThatThrownBy(tokens::bearer)
        .isInstanceOf(SignInRequiredException.class)
        .hasMessageContaining(path.toString());
    stored("stored", null, Duration.ZERO);
    assertThatThrownBy(tokens::bearer).isInstanceOf(SignInRequiredException.class);
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  @DisplayName("says that the settings are wrong when the client is refused")
  void wrongClient() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    server.script(Reply.error(400, "unauthorized_client", 700016, "Not found."));
    assertThatThrownBy(tokens::bearer).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @DisplayName("tries again when the authority is busy")
  @ValueSource(ints = {429, 500, 502, 503, 504, 408})
  void busy(int status) throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    Reply busy = new Reply(status, Map.of(), "text/html", "<html>busy</html>");
    server.script(busy, busy, busy);
    assertThat(tokens.bearer()).startsWith("access-token-");
    assertThat(clock.sleeps())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  @DisplayName("waits as long as the authority asks, in seconds or until a date")
  void retryAfter() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    server.script(
        new Reply(429, Map.of("Retry-After", "17"), "text/html", ""),
        new Reply(
            503,
            Map.of("Retry-After", "Sun, 22 Nov 2026 10:00:40 GMT"),
            "application/json",
            "{\"error\":\"temporarily_unavailable\"}"));
    tokens.bearer();
    assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(23));
  }

  @Test
  @DisplayName("fails without a sign-out when the authority asks to wait for long")
  void longWait() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    server.script(new Reply(429, Map.of("Retry-After", "3600"), "text/html", ""));
    assertUnavailable("3600 s");
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  @DisplayName("fails without a sign-out after a bounded number of tries")
  void alwaysBusy() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    Reply busy = new Reply(503, Map.of(), "text/html", "");
    server.script(busy, busy, busy, busy, busy, busy, busy, busy);
    assertUnavailable("503");
    assertThat(server.tokenRequests).hasSize(SignInLimits.ATTEMPTS);
  }

  @Test
  @DisplayName("shares a failure with all who waited for it")
  void sharedFailure() throws Exception {
    server.thinks = 100;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    Reply no = Reply.error(400, "invalid_request", 90014, "No.");
    server.script(no, no, no, no, no, no, no, no);
    List<Object> results =
        inParallel(
            6,
            i -> {
              try {
                return tokens.bearer();
              } catch (UsageException e) {
                return e.getMessage();
              }
            });
    assertThat(new HashSet<>(results)).hasSize(1);
    assertThat(server.tokenRequests.size()).isLessThan(6);
  }

  @Test
  @DisplayName("fails without a sign-out when nobody listens there")
  void unreachable() throws Exception {
    stored("stored", "TOPSECRET", Duration.ZERO);
    server.close();
    assertUnavailable("cannot reach");
    assertThat(clock.sleeps()).hasSize(SignInLimits.ATTEMPTS - 1);
  }

  @Test
  @DisplayName("believes no page of HTML, no empty reply, no foreign JSON and no endless reply")
  void strangeReplies() throws Exception {
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    server.script(
        new Reply(200, Map.of(), "text/html", "<html>Sign in to the hotel</html>"),
        new Reply(200, Map.of(), "application/json", ""),
        Reply.json(200, "x".repeat(SignInLimits.LONGEST_REPLY + 1)));
    assertThat(tokens.bearer()).startsWith("access-token-");
    clock.advance(Duration.ofHours(2));
    server.script(Reply.json(200, "{\"token_type\":\"Bearer\",\"other\":\"TOPSECRET\"}"));
    assertUnavailable("no usable token");
    server.script(Reply.json(200, "{\"access_token\":\"TOPSECRET\",\"token_type\":\"mac\"}"));
    assertUnavailable("no usable token");
  }

  @Test
  @DisplayName("follows no redirect, which would take the refresh token elsewhere")
  void redirect() throws Exception {
    try (AuthorizationServer elsewhere = new AuthorizationServer()) {
      stored("stored", server.newRefreshToken(), Duration.ZERO);
      server.script(
          new Reply(
              307,
              Map.of("Location", elsewhere.url() + "/common/oauth2/v2.0/token"),
              "text/html",
              ""));
      assertUnavailable("307");
      assertThat(elsewhere.tokenRequests).isEmpty();
    }
  }

  @Test
  @DisplayName("stops waiting for the authority when the run is stopped")
  void stopped() throws Exception {
    server.thinks = 20_000;
    stored("stored", server.newRefreshToken(), Duration.ZERO);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<String> bearer = thread.submit(tokens::bearer);
      while (server.tokenRequests.isEmpty()) {
        Thread.onSpinWait();
      }
      long asked = System.nanoTime();
      stop.ask();
      assertThatThrownBy(bearer::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StoppedException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
    } finally {
      thread.shutdownNow();
    }
  }

  private void assertUnavailable(String message) {
    assertThatThrownBy(tokens::bearer)
        .isInstanceOfSatisfying(
            AuthorityUnavailableException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(e).hasMessageContaining(message);
              assertNoSecret(e);
            });
  }

  private static void assertNoSecret(CloudsticException e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertThat(trace + e.advice().orElse("")).doesNotContain("TOPSECRET", "refresh-token-");
  }

  @Test
  @DisplayName("puts no secret into a failure although the authority repeats it")
  void noSecret() throws Exception {
    stored("stored", "TOPSECRET", Duration.ZERO);
    assertThatThrownBy(tokens::bearer)
        .isInstanceOfSatisfying(CloudsticException.class, e -> assertNoSecret(e))
        .hasMessageContaining("[secret]");
    assertThat(tokens.toString()).doesNotContain("TOPSECRET");
  }

  private static <T> List<T> inParallel(int threads, Function<Integer, T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        calls.add(() -> work.apply(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(calls, 50, TimeUnit.SECONDS)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
