package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.cloudstic.failure.UsageException;
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
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();
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
    CompletableFuture<Auth.Status> status =
        CompletableFuture.supplyAsync(() -> auth.login(Auth.Way.BROWSER));
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
    String renewed = tokens.refreshAfterRejection(bearer);
    assertThat(renewed).isNotEqualTo(bearer);
    assertThatThrownBy(() -> tokens.refreshAfterRejection(renewed))
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
                    (RSAPublicKey) PemIdentity.read(pem).certificate().getPublicKey())))
        .isTrue();
    assertThat(assertion.getHeader().getX509CertSHA256Thumbprint()).isNotNull();
    assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo(AuthorizationServer.CLIENT_ID);
    assertThat(assertion.getJWTClaimsSet().getAudience())
        .containsExactly(server.url() + "/contoso.example/oauth2/v2.0/token");
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
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

  /** A self-signed certificate with its key, made by the JDK's own keytool. */
  private Path certificate() throws Exception {
    Path store = directory.resolve("store.p12");
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
        directory.resolve("app.pem"),
        pem("PRIVATE KEY", keys.getKey("app", "changeit".toCharArray()).getEncoded())
            + pem("CERTIFICATE", keys.getCertificate("app").getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, java.util.Base64.getMimeEncoder().encodeToString(content));
  }
}
