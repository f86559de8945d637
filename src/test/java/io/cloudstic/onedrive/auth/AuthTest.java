package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.AuthorizationServer.Reply;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing in, looking and signing out")
@Timeout(60)
class AuthTest {
  @TempDir static Path made;
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final Stop stop = new Stop();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private AuthorizationServer server;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws Exception {
    server = new AuthorizationServer();
    environment = server.environment();
  }

  @AfterEach
  void end() {
    stop.ask();
    server.close();
  }

  private Auth auth() {
    return new Auth(
        new SignInSettingsReader(environment::get, key -> null).read(directory),
        new AuthEnvironment(
            clock, stop, new SecureRandom(), new JdkSender(stop), said::add, null, name -> null));
  }

  private Auth.Status signInByBrowser(Auth auth) throws Exception {
    return signIn(auth, Auth.Way.BROWSER);
  }

  private Auth.Status signIn(Auth auth, Auth.Way way) throws Exception {
    CompletableFuture<Auth.Status> status = CompletableFuture.supplyAsync(() -> auth.login(way));
    while (said.stream().noneMatch(line -> line.startsWith("http"))) {
      assertThat(status).isNotCompletedExceptionally();
      Thread.sleep(5);
    }
    HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.ALWAYS)
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        said.stream().filter(line -> line.startsWith("http")).findFirst().get()))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    return status.get();
  }

  @Test
  @DisplayName("stores the token, which then serves Graph, and removes it again")
  void wholeWay() throws Exception {
    Auth auth = auth();
    Path file = directory.resolve("onedrive_token.json");
    assertThat(auth.status().signedIn()).isFalse();
    assertThatThrownBy(auth.tokens()::bearer).isInstanceOf(SignInRequiredException.class);

    Auth.Status status = signInByBrowser(auth);
    assertThat(status.signedIn()).isTrue();
    assertThat(status.renewable()).isTrue();
    assertThat(status.appOnly()).isFalse();
    assertThat(status.expiry()).contains(clock.instant().plusSeconds(3599));
    assertThat(status.lastRenewed()).isPresent();
    assertThat(status.tokenFile()).isEqualTo(file);
    assertThat(status.clientId()).contains(AuthorizationServer.CLIENT_ID);
    assertThat(auth.tokens().bearer()).startsWith("access-token-");
    clock.advance(Duration.ofHours(2));
    assertThat(auth.tokens().bearer()).startsWith("access-token-");
    assertThat(server.count("refresh_token")).isOne();

    assertThat(auth.logout()).isEqualTo(new Auth.SignedOut(true, file));
    assertThat(file).doesNotExist();
    assertThat(auth.status().signedIn()).isFalse();
    assertThat(auth.logout().wasSignedIn()).isFalse();
  }

  @Test
  @DisplayName("replaces a damaged token file")
  void replacesDamage() throws Exception {
    Files.writeString(directory.resolve("onedrive_token.json"), "not json");
    assertThatThrownBy(() -> auth().status()).isInstanceOf(SignInRequiredException.class);
    assertThat(signInByBrowser(auth()).signedIn()).isTrue();
  }

  @Test
  @DisplayName("is signed in, but not for long, with an access token alone")
  void accessTokenAlone() throws Exception {
    Files.write(
        directory.resolve("onedrive_token.json"),
        TokenFormat.encode(
            new Token("a", "Bearer", null, clock.instant().plus(Duration.ofHours(1))), null));
    environment.remove("ONEDRIVE_CLIENT_ID");
    assertThat(auth().status().signedIn()).isTrue();
    assertThat(auth().status().renewable()).isFalse();
    assertThat(auth().tokens().bearer()).isEqualTo("a");
    clock.advance(Duration.ofHours(1));
    assertThat(auth().status().signedIn()).isFalse();
  }

  @Test
  @DisplayName("needs a client id to sign in, and tells how to get one")
  void noClientId() {
    environment.remove("ONEDRIVE_CLIENT_ID");
    for (Auth.Way way : Auth.Way.values()) {
      assertThatThrownBy(() -> auth().login(way))
          .isInstanceOfSatisfying(
              UsageException.class,
              e -> assertThat(e.advice().orElseThrow()).contains("az ad app create"));
    }
  }

  @Test
  @DisplayName("needs nobody when the app has a secret, whatever its characters")
  void clientSecret() {
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    environment.put("ONEDRIVE_CLIENT_SECRET", AuthorizationServer.CLIENT_SECRET);
    Auth auth = auth();
    assertThat(auth.login(Auth.Way.BROWSER).appOnly()).isTrue();
    TokenSource tokens = auth.tokens();
    String bearer = tokens.bearer();
    assertThat(tokens.bearer()).isEqualTo(bearer);
    String renewed = tokens.refreshAfterRejection(bearer, null);
    assertThat(renewed).isNotEqualTo(bearer);
    assertThatThrownBy(() -> tokens.refreshAfterRejection(renewed, null))
        .isInstanceOfSatisfying(
            SignInRequiredException.class,
            e -> assertThat(e.advice().orElseThrow()).contains("administrator"));
    assertThat(server.count("client_credentials")).isEqualTo(3);
    assertThat(directory).isEmptyDirectory();
    environment.put("ONEDRIVE_CLIENT_SECRET", "wrong-secret");
    assertThatThrownBy(() -> auth().tokens().bearer())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("7000215")
        .message()
        .doesNotContain("wrong-secret");
  }

  @Test
  @DisplayName("signs an assertion when the app has a certificate")
  void clientCertificate() throws Exception {
    Path pem = certificate();
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", pem.toString());
    assertThat(auth().tokens().bearer()).startsWith("access-token-");
    SignedJWT assertion = SignedJWT.parse(server.tokenRequests.get(0).get("client_assertion"));
    assertThat(
            assertion.verify(
                new RSASSAVerifier(
                    (RSAPublicKey)
                        AppCertificate.read(pem, new char[0]).certificate().getPublicKey())))
        .isTrue();
    assertThat(assertion.getHeader().getX509CertSHA256Thumbprint()).isNotNull();
    assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo(AuthorizationServer.CLIENT_ID);
    assertThat(assertion.getJWTClaimsSet().getAudience())
        .containsExactly(server.url() + "/contoso.example/oauth2/v2.0/token");
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("takes certificate and key from a PFX file with a password")
  void pfx() throws Exception {
    Path pem = certificate();
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", made.resolve("store.p12").toString());
    assertThatThrownBy(() -> auth().tokens())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD", "changeit");
    assertThat(auth().tokens().bearer()).startsWith("access-token-");
    assertThat(AppCertificate.read(made.resolve("store.p12"), "changeit".toCharArray()))
        .isEqualTo(AppCertificate.read(pem, new char[0]));
  }

  @Test
  @DisplayName("takes a key in OpenSSL's older form")
  void olderPem() throws Exception {
    Path pem = certificate();
    AppCertificate expected = AppCertificate.read(pem, new char[0]);
    byte[] older =
        org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(expected.key().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    Path mixed =
        Files.writeString(
            directory.resolve("older.pem"),
            pem("CERTIFICATE", expected.certificate().getEncoded())
                + pem("RSA PRIVATE KEY", older));
    assertThat(AppCertificate.read(mixed, new char[0])).isEqualTo(expected);
  }

  @Test
  @DisplayName("signs by the authority's clock when the own one is wrong")
  void skewedClock() throws Exception {
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", certificate().toString());
    clock.advance(Duration.ofDays(400));
    server.script(Reply.error(401, "invalid_client", 700024, "Not within its time range."));
    assertThat(auth().tokens().bearer()).startsWith("access-token-");
    SignedJWT first = SignedJWT.parse(server.tokenRequests.get(0).get("client_assertion"));
    SignedJWT second = SignedJWT.parse(server.tokenRequests.get(1).get("client_assertion"));
    assertThat(first.getJWTClaimsSet().getNotBeforeTime().toInstant()).isEqualTo(clock.instant());
    // The server of the tests tells the true time in its header Date.
    assertThat(second.getJWTClaimsSet().getNotBeforeTime().toInstant())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(server.tokenRequests.get(1))
        .containsEntry("client_id", AuthorizationServer.CLIENT_ID);
  }

  @Test
  @DisplayName("names the clock when even that does not help, and asks no third time")
  void hopelessClock() throws Exception {
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", certificate().toString());
    Reply late = Reply.error(401, "invalid_client", 700024, "Not within its time range.");
    server.script(late, late, late);
    assertThatThrownBy(() -> auth().tokens().bearer())
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.advice().orElseThrow()).contains("clock"));
    assertThat(server.tokenRequests).hasSize(2);
  }

  @Test
  @DisplayName(
      "shows a device code and an address where there is no browser; the address wins here")
  void headless() throws Exception {
    server.deviceStates(
        java.util.stream.Stream.generate(() -> "authorization_pending")
            .limit(9)
            .toArray(String[]::new));
    assertThat(signIn(auth(), Auth.Way.SUITABLE).signedIn()).isTrue();
    assertThat(said.get(0)).contains("https://microsoft.com/devicelogin", "ABCD-EFGH");
    assertThat(said.get(1)).contains("Or open this address");
  }

  @Test
  @DisplayName("takes the device code where there is no browser")
  void headlessByCode() {
    clock.advanceAtEachLook(Duration.ofSeconds(3));
    assertThat(auth().login(Auth.Way.SUITABLE).signedIn()).isTrue();
    assertThat(server.count("urn:ietf:params:oauth:grant-type:device_code")).isOne();
  }

  @Test
  @DisplayName("goes on with the address alone where device codes are not given")
  void headlessWithoutCodes() throws Exception {
    server.script(Reply.error(400, "access_denied", 53003, "Blocked."));
    assertThat(signIn(auth(), Auth.Way.SUITABLE).signedIn()).isTrue();
    assertThat(said.get(0)).contains("There is no device code", "AADSTS53003");
  }

  @Test
  @DisplayName("passes on what Graph asked for, once")
  void claims() throws Exception {
    Path file = directory.resolve("onedrive_token.json");
    Files.writeString(file, "{\"refresh_token\":\"r\",\"cloudstic_claims\":\"{\\\"a\\\":1}\"}");
    signInByBrowser(auth());
    assertThat(said.stream().filter(line -> line.startsWith("http")).findFirst().orElseThrow())
        .contains("claims=%7B%22a%22%3A1%7D");
    assertThat(Files.readString(file)).doesNotContain("claims");
  }

  @Test
  @DisplayName("explains what a certificate file must hold")
  void wrongCertificate() throws Exception {
    environment.put("ONEDRIVE_TENANT", "contoso.example");
    Path pem = directory.resolve("app.pem");
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", pem.toString());
    assertThatThrownBy(() -> auth().tokens()).isInstanceOf(UsageException.class);
    for (String content :
        List.of(
            "",
            "-----BEGIN PRIVATE KEY-----\nVE9QU0VDUkVU\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nVE9QU0VDUkVU\n-----END PRIVATE KEY-----\n"
                + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
      Files.writeString(pem, content);
      assertThatThrownBy(() -> auth().tokens())
          .isInstanceOfSatisfying(
              UsageException.class,
              e -> assertThat(e.advice().orElseThrow()).contains("BEGIN CERTIFICATE"))
          .hasMessageContaining(pem.toString())
          .message()
          .doesNotContain("VE9QU0VDUkVU");
    }
  }

  /** A self-signed certificate with its key, made once by the JDK's own keytool. */
  private static synchronized Path certificate() throws Exception {
    Path store = made.resolve("store.p12");
    Path pem = made.resolve("app.pem");
    if (Files.exists(pem)) {
      return pem;
    }
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                "app",
                "-dname",
                "CN=cloudstic",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    java.security.KeyStore keys =
        java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    return Files.writeString(
        pem,
        pem("PRIVATE KEY", keys.getKey("app", "changeit".toCharArray()).getEncoded())
            + pem("CERTIFICATE", keys.getCertificate("app").getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, java.util.Base64.getMimeEncoder().encodeToString(content));
  }
}
