package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.AuthorizationServer.Reply;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Signing in by browser")
@Timeout(60)
class BrowserSignInTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualClock clock = new ManualClock();
  private final Stop stop = new Stop();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private AuthorizationServer server;
  private InputStream terminal;

  @BeforeEach
  void start() throws Exception {
    server = new AuthorizationServer();
  }

  @AfterEach
  void end() {
    stop.ask();
    server.close();
  }

  /** Begins to sign in; the address to open is in {@link #page}. */
  private CompletableFuture<Token> signIn() {
    SignInSettings settings =
        new SignInSettingsReader(server.environment()::get, key -> null).read(Path.of("config"));
    BrowserSignIn signIn =
        new BrowserSignIn(
            settings,
            new TokenEndpoint(
                new Authority(new JdkSender(stop), clock, clock),
                TokenEndpoint.Client.ofPublic(
                    settings.tokenEndpoint(), AuthorizationServer.CLIENT_ID)),
            new Browser(name -> null, "Linux", command -> {}),
            new PastedLine(terminal),
            said::add,
            new SecureRandom(),
            clock,
            stop);
    return CompletableFuture.supplyAsync(() -> signIn.signIn(null));
  }

  private URI page() throws InterruptedException {
    while (said.stream().noneMatch(line -> line.startsWith("http"))) {
      Thread.sleep(5);
    }
    return URI.create(said.stream().filter(line -> line.startsWith("http")).findFirst().get());
  }

  private Map<String, String> asked() throws InterruptedException {
    return AuthorizationServer.parse(page().getRawQuery());
  }

  private HttpResponse<String> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What a person does: opens the page, signs in, and is sent to the address returned. */
  private String approved() throws Exception {
    HttpResponse<String> reply = get(page().toString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(302);
    return reply.headers().firstValue("Location").orElseThrow();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("brings a token with a refresh token, and says so on a page that loads nothing")
  void signsIn() throws Exception {
    CompletableFuture<Token> token = signIn();
    HttpResponse<String> page = get(approved());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("return to the terminal").doesNotContain("code-1", "src=");
    assertThat(page.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(token.get().accessToken()).startsWith("access-token-");
    assertThat(token.get().refreshToken()).startsWith("refresh-token-");
    assertThat(server.tokenRequests.get(0))
        .containsEntry("redirect_uri", asked().get("redirect_uri"))
        .doesNotContainKey("client_secret");
    assertThat(said.toString()).doesNotContain("access-token", "refresh-token");
  }

  @Test
  @DisplayName("closes its port afterwards")
  void closes() throws Exception {
    CompletableFuture<Token> token = signIn();
    get(approved());
    token.get();
    URI listener = URI.create(asked().get("redirect_uri"));
    assertThatThrownBy(() -> get("http://127.0.0.1:" + listener.getPort() + "/"))
        .isInstanceOf(ConnectException.class);
    try (ServerSocket again = new ServerSocket(listener.getPort())) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  @DisplayName("asks with a fresh state and verifier each time, of full length")
  void fresh() throws Exception {
    CompletableFuture<Token> one = signIn();
    Map<String, String> first = asked();
    get(approved());
    one.get();
    said.clear();
    signIn();
    Map<String, String> second = asked();
    assertThat(first.get("state")).hasSize(43).isNotEqualTo(second.get("state"));
    assertThat(first.get("code_challenge")).isNotEqualTo(second.get("code_challenge"));
    assertThat(first)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("response_mode", "query")
        .containsEntry("prompt", "select_account")
        .containsEntry("scope", "offline_access User.Read Files.Read");
  }

  @Test
  @DisplayName("listens on both loopback addresses and on no other")
  void bothAddresses() throws Exception {
    CompletableFuture<Token> token = signIn();
    int port = URI.create(asked().get("redirect_uri")).getPort();
    assertThat(get("http://127.0.0.1:" + port + "/favicon.ico").statusCode()).isEqualTo(404);
    var others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
            .toList();
    for (var other : others) {
      assertThatThrownBy(() -> get("http://" + other.getHostAddress() + ":" + port + "/"))
          .isInstanceOf(IOException.class);
    }
    boolean hasSix =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(a -> a.getAddress().length == 16 && a.isLoopbackAddress());
    assumeThat(hasSix).isTrue();
    assertThat(get(approved().replace("localhost", "[::1]")).statusCode()).isEqualTo(200);
    token.get();
  }

  @Test
  @DisplayName("goes on waiting when a request is not the answer")
  void foreignRequests() throws Exception {
    CompletableFuture<Token> token = signIn();
    String redirect = asked().get("redirect_uri");
    String state = asked().get("state");
    assertThat(get(redirect + "favicon.ico").statusCode()).isEqualTo(404);
    assertThat(get(redirect + "callback?code=x&state=" + state).statusCode()).isEqualTo(404);
    assertThat(get(redirect).statusCode()).isEqualTo(400);
    assertThat(get(redirect + "?code=stolen").statusCode()).isEqualTo(400);
    assertThat(get(redirect + "?code=stolen&state=").statusCode()).isEqualTo(400);
    assertThat(get(redirect + "?code=stolen&state=" + state + "x").statusCode()).isEqualTo(400);
    assertThat(get(redirect + "?error=access_denied&state=wrong").statusCode()).isEqualTo(400);
    assertThat(get(redirect + "?code=a&code=b&state=" + state).statusCode()).isEqualTo(400);
    HttpRequest.Builder answer =
        HttpRequest.newBuilder(URI.create(redirect + "?code=x&state=" + state));
    assertThat(send(answer.copy().POST(HttpRequest.BodyPublishers.ofString("code=x"))).statusCode())
        .isEqualTo(405);
    assertThat(send(answer.copy().method("HEAD", HttpRequest.BodyPublishers.noBody())).statusCode())
        .isEqualTo(405);
    assertThat(token).isNotDone();
    assertThat(server.tokenRequests).isEmpty();
    assertThat(get(approved()).statusCode()).isEqualTo(200);
    assertThat(token.get().accessToken()).isNotEmpty();
  }

  @Test
  @DisplayName("refuses a second answer")
  void secondAnswer() throws Exception {
    try (LoopbackListener listener = LoopbackListener.open("the-state")) {
      String address = listener.redirectUri() + "?state=the-state&code=";
      assertThat(get(address + "first").statusCode()).isEqualTo(200);
      assertThat(get(address + "second").statusCode()).isEqualTo(409);
      Redirect redirect = listener.await(Duration.ofSeconds(5)).orElseThrow();
      assertThat(((Redirect.Accepted) redirect).code().reveal()).isEqualTo("first");
      assertThat(redirect.toString()).doesNotContain("first");
    }
  }

  @Test
  @DisplayName("tells why the person was refused, with the text of the redirect escaped")
  void refused() throws Exception {
    CompletableFuture<Token> token = signIn();
    HttpResponse<String> page =
        get(
            asked().get("redirect_uri")
                + "?error=access_denied&error_description="
                + encode("AADSTS65004: <script>alert('x')</script> & \"more\"")
                + "&state="
                + asked().get("state"));
    assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>");
    assertThatThrownBy(token::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SignInRequiredException.class,
            e -> assertThat(e.advice().orElseThrow()).contains("declined"))
        .hasMessageContaining("AADSTS65004");
  }

  @Test
  @DisplayName("tells a wrong configuration from a missing sign-in")
  void clientRefused() throws Exception {
    CompletableFuture<Token> token = signIn();
    server.script(Reply.error(401, "invalid_client", 7000218, "A secret is needed."));
    get(approved());
    assertThatThrownBy(token::get)
        .cause()
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.advice().orElseThrow()).contains("Allow public client flows"));
  }

  @Test
  @DisplayName("shows neither code nor verifier when the authority repeats them")
  void noSecret() throws Exception {
    CompletableFuture<Token> token = signIn();
    server.script(Reply.error(400, "invalid_grant", 54005, "The code code-1 was used."));
    get(approved());
    assertThatThrownBy(token::get)
        .cause()
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining("[secret]")
        .message()
        .doesNotContain("code-1");
  }

  @Test
  @DisplayName("ends after a while when nobody signs in")
  void timeout() throws Exception {
    CompletableFuture<Token> token = signIn();
    page();
    clock.advance(SignInLimits.BROWSER_WAIT);
    assertThatThrownBy(() -> token.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(SignInRequiredException.class)
        .hasMessageContaining("10 minutes");
  }

  @Test
  @DisplayName("stops at once when asked to")
  void stopped() throws Exception {
    CompletableFuture<Token> token = signIn();
    page();
    stop.ask();
    assertThatThrownBy(() -> token.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(StoppedException.class);
  }

  @Test
  @DisplayName("takes the address from the terminal when the browser is on another machine")
  void pasted() throws Exception {
    Pasteboard pasteboard = new Pasteboard();
    terminal = pasteboard;
    CompletableFuture<Token> token = signIn();
    String address = approved();
    pasteboard.paste("\nhttp://localhost:1/?code=stolen&state=wrong\n");
    while (said.stream().noneMatch(line -> line.contains("not the answer"))) {
      Thread.sleep(5);
    }
    assertThat(server.tokenRequests).isEmpty();
    pasteboard.paste(address + "\n");
    assertThat(token.get().accessToken()).startsWith("access-token-");
  }

  @Test
  @DisplayName("takes the bare code from the terminal")
  void pastedCode() throws Exception {
    Pasteboard pasteboard = new Pasteboard();
    terminal = pasteboard;
    CompletableFuture<Token> token = signIn();
    pasteboard.paste(
        AuthorizationServer.parse(URI.create(approved()).getRawQuery()).get("code") + "\r\n");
    assertThat(token.get().accessToken()).startsWith("access-token-");
  }

  @Test
  @DisplayName("leaves what is typed afterwards to later questions")
  void pastedLineOnly() {
    ByteArrayInputStream typed =
        new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
    assertThat(new PastedLine(typed).poll()).contains("one");
    assertThat(new String(typed.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("two\n");
    assertThat(new PastedLine(null).poll()).isEmpty();
  }

  /** A terminal into which something can be pasted at any time. */
  private static final class Pasteboard extends InputStream {
    private byte[] text = {};
    private int position;

    synchronized void paste(String line) {
      text = line.getBytes(StandardCharsets.UTF_8);
      position = 0;
    }

    @Override
    public synchronized int available() {
      return text.length - position;
    }

    @Override
    public synchronized int read() {
      return position < text.length ? text[position++] & 0xff : -1;
    }
  }
}
