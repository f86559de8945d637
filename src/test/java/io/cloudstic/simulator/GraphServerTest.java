package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.run.ManualClock;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.FeedShape;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Graph look-alike")
class GraphServerTest {
  private final ManualClock clock = new ManualClock();
  private Simulator simulator;
  private DriveModel drive;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    start(SimulatorOptions.lifelike());
  }

  private void start(SimulatorOptions options) throws IOException {
    close();
    simulator = Simulator.start(options.clock(clock));
    drive = simulator.model();
    caller = new Caller(simulator);
  }

  @AfterEach
  void close() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private static String code(HttpResponse<String> answer) {
    return Caller.json(answer.body()).at("/error/code").asText();
  }

  private static JsonNode inner(HttpResponse<String> answer) {
    JsonNode error = Caller.json(answer.body()).path("error");
    return error.has("innerError") ? error.path("innerError") : error.path("innererror");
  }

  @Test
  @DisplayName("wants a token of its own that is still good")
  void tokens() {
    String me = simulator.graphUrl() + "/me";
    assertThat(Caller.bare(me).statusCode()).isEqualTo(401);
    assertThat(code(Caller.bare(me, "Authorization", "Bearer foreign")))
        .isEqualTo("InvalidAuthenticationToken");
    assertThat(caller.get("me").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofHours(2));
    HttpResponse<String> expired = caller.get("me");
    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(expired.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  @DisplayName("answers only to its own name")
  void host() throws IOException {
    URI graph = URI.create(simulator.graphUrl());
    try (Socket socket = new Socket(graph.getHost(), graph.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /v1.0/me HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("Invalid Hostname");
    }
    assertThat(simulator.statistics().wrongHosts()).isEqualTo(1);
  }

  @Test
  @DisplayName("tells who the user is and which drive is theirs")
  void account() {
    assertThat(caller.json200("me").path("userPrincipalName").asText())
        .isEqualTo("megan.bowen@contoso.example");
    JsonNode own = caller.json200("me/drive");
    assertThat(own.path("id").asText()).isEqualTo(drive.driveId()).startsWith("b!");
    assertThat(own.path("driveType").asText()).isEqualTo("business");
    assertThat(caller.json200("drives/" + drive.driveId()).path("id")).isEqualTo(own.path("id"));
    assertThat(caller.get("drives/b!nobody").statusCode()).isEqualTo(404);
    DriveModel archive = simulator.addDrive(2, "Archive");
    JsonNode listed = caller.json200("me/drives").path("value");
    assertThat(listed.findValuesAsText("name")).containsExactly("OneDrive", "Archive");
    assertThat(caller.json200("drives/" + archive.driveId()).path("name").asText())
        .isEqualTo("Archive");
  }

  @Test
  @DisplayName("spells personal drive ids in several ways and understands all of them")
  void personalIds() throws IOException {
    start(
        SimulatorOptions.lifelike()
            .accountType(AccountType.PERSONAL)
            .files(300)
            .limits(Limits.NONE));
    Set<String> spellings = new HashSet<>();
    for (JsonNode item : caller.json200("me/drive/root/delta?$top=300").path("value")) {
      spellings.add(item.at("/parentReference/driveId").asText());
    }
    assertThat(spellings).hasSize(4).anyMatch(id -> id.length() == 15);
    for (String spelling : spellings) {
      assertThat(caller.get("drives/" + spelling + "/root").statusCode()).isEqualTo(200);
    }
    JsonNode drives = caller.json200("me/drives").path("value");
    assertThat(caller.get("drives/" + drives.get(1).path("id").asText()).body())
        .contains("ObjectHandle is Invalid");
  }

  @Test
  @DisplayName("gives the root of migrated accounts the id that they all share")
  void migratedRoot() throws IOException {
    start(SimulatorOptions.lifelike().accountType(AccountType.PERSONAL));
    String before = caller.json200("me/drive/root").path("id").asText();
    drive.oddities().migrateRoot();
    String after = caller.json200("me/drive/root").path("id").asText();
    assertThat(after).isNotEqualTo(before).endsWith("!sea8cc6beffdb43d7976fbc7da445c639");
    assertThat(caller.get("me/drive/items/" + before).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("finds items by id and by path, names encoded segment by segment")
  void addressing() {
    Item file = drive.put("/100% #1/a+b 'x'.txt", "hello");
    String path = "100%25%20%231/a+b%20'x'.txt";
    assertThat(caller.json200("me/drive/root:/" + path).path("id").asText()).isEqualTo(file.id());
    assertThat(caller.json200("me/drive/root:/" + path + ":").path("size").asInt()).isEqualTo(5);
    assertThat(caller.json200("me/drive/root:/100%25%20%231:/children").path("value")).hasSize(1);
    JsonNode byId = caller.json200("drives/" + drive.driveId() + "/items/" + file.id());
    assertThat(byId.path("name").asText()).isEqualTo("a+b 'x'.txt");
    assertThat(byId.path("cTag").asText()).startsWith("\"c:{");
    assertThat(caller.json200("drives('" + drive.driveId() + "')/items('" + file.id() + "')"))
        .isNotNull();
    assertThat(caller.get("me/drive/root:/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("lists children over several pages, each of them at least once")
  void children() throws IOException {
    start(SimulatorOptions.lifelike().shape(FeedShape.HOSTILE));
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 95; i++) {
      expected.add(drive.put("/dir/f" + i, "x").id());
    }
    Set<String> seen = new HashSet<>();
    int entries = 0;
    int pages = 0;
    for (String link = "me/drive/root:/dir:/children?$top=10&$select=id"; link != null; pages++) {
      JsonNode page = caller.json200(link);
      for (JsonNode item : page.path("value")) {
        assertThat(item.fieldNames()).toIterable().isSubsetOf("id", "@odata.etag");
        seen.add(item.path("id").asText());
        entries++;
      }
      link = page.path("@odata.nextLink").asText(null);
    }
    assertThat(seen).isEqualTo(expected);
    assertThat(entries).isGreaterThan(expected.size());
    assertThat(pages).isGreaterThan(5);
  }

  @Test
  @DisplayName("sends content to another origin, with a URL that knows no token")
  void content() throws Exception {
    Item file = drive.put("/a.txt", "hello");
    HttpResponse<String> answer = caller.get("me/drive/items/" + file.id() + "/content");
    assertThat(answer.statusCode()).isEqualTo(302);
    String url = answer.headers().firstValue("Location").orElseThrow();
    assertThat(URI.create(url).getAuthority())
        .isNotEqualTo(URI.create(simulator.graphUrl()).getAuthority());
    assertThat(new String(Caller.bytes(url).body(), StandardCharsets.UTF_8)).isEqualTo("hello");
    assertThat(simulator.statistics().tokensAtStorage()).isZero();
  }

  @Test
  @DisplayName("refuses content as the item's traits demand")
  void traits() {
    assertThat(contentOf(Trait.MALWARE)).isEqualTo("403 malwareDetected");
    assertThat(contentOf(Trait.FORBIDDEN)).isEqualTo("403 accessDenied");
    assertThat(contentOf(Trait.LOCKED)).isEqualTo("423 resourceLocked");
    assertThat(contentOf(Trait.UNAVAILABLE)).isEqualTo("503 serviceNotAvailable");
    assertThat(contentOf(Trait.VANISHED)).isEqualTo("404 itemNotFound");
    drive.oddities().mark(drive.folder("/Vault"), Trait.VAULT);
    HttpResponse<String> vault = caller.get("me/drive/root:/Vault:/children");
    assertThat(vault.statusCode()).isEqualTo(400);
    assertThat(inner(vault).path("code").asText()).isEqualTo("invalidResourceId");
  }

  private String contentOf(Trait trait) {
    Item file = drive.oddities().mark(drive.put("/" + trait, "x"), trait);
    HttpResponse<String> answer = caller.get("me/drive/items/" + file.id() + "/content");
    return answer.statusCode() + " " + code(answer);
  }

  @Test
  @DisplayName("spells innerError in both ways")
  void bothSpellings() {
    String both = caller.get("me/drive/items/x").body() + caller.get("me/drive/items/x").body();
    assertThat(both).contains("\"innerError\"").contains("\"innererror\"");
  }

  @Test
  @DisplayName("ignores an unknown Prefer, rejects $filter, and answers 304 to the known eTag")
  void oddRequests() {
    Item file = drive.put("/a.txt", "x");
    assertThat(caller.get("me/drive/root/delta", "Prefer", "odata.maxpagesize=1").statusCode())
        .isEqualTo(200);
    assertThat(caller.get("me/drive/root/children?$filter=name%20eq%20'a'").statusCode())
        .isEqualTo(400);
    String eTag = caller.json200("me/drive/items/" + file.id()).path("eTag").asText();
    assertThat(caller.get("me/drive/items/" + file.id(), "If-None-Match", eTag).statusCode())
        .isEqualTo(304);
  }

  @Test
  @DisplayName("compresses pages when asked")
  void gzip() {
    drive.put("/a.txt", "x");
    HttpResponse<String> packed = caller.get("me/drive/root/delta", "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(caller.get("me/drive/root/delta").headers().firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  @DisplayName("answers batches part by part, in any order, and charges each part")
  void batch() {
    Item file = drive.put("/a.txt", "x");
    StringBuilder requests = new StringBuilder("{\"requests\":[");
    for (int i = 0; i < 20; i++) {
      String url = i == 7 ? "/me/drive/items/nothing" : "/me/drive/items/" + file.id() + "/content";
      requests
          .append(i == 0 ? "" : ",")
          .append("{\"id\":\"%d\",\"method\":\"GET\",\"url\":\"%s\"}".formatted(i, url));
    }
    String body = requests.append("]}").toString();
    long units = simulator.statistics().resourceUnits();
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode responses = Caller.json(answer.body()).path("responses");
    assertThat(responses).hasSize(20);
    boolean ordered = true;
    for (int i = 0; i < 20; i++) {
      JsonNode part = responses.get(i);
      ordered &= part.path("id").asInt() == i;
      boolean missing = part.path("id").asText().equals("7");
      assertThat(part.path("status").asInt()).isEqualTo(missing ? 404 : 302);
      assertThat(part.at("/headers/Location").isTextual()).isNotEqualTo(missing);
    }
    assertThat(ordered).isFalse();
    assertThat(simulator.statistics().resourceUnits() - units).isEqualTo(20);
    assertThat(
            post(body.replaceFirst("\\[", "[{\"id\":\"x\",\"method\":\"GET\",\"url\":\"/me\"},")))
        .satisfies(tooMany -> assertThat(tooMany.statusCode()).isEqualTo(400));
  }

  private HttpResponse<String> post(String body) {
    String link = simulator.graphUrl() + "/$batch";
    return Caller.post(link, "application/json", body, "Authorization", "Bearer " + caller.token());
  }

  @Test
  @DisplayName("counts resource units: 1 for an item, 2 for children and a first delta, 1 after it")
  void resourceUnits() {
    drive.put("/a.txt", "x");
    assertThat(cost("me/drive/root")).isEqualTo(1);
    assertThat(cost("me/drive/root/children")).isEqualTo(2);
    assertThat(cost("me/drive/root/delta")).isEqualTo(2);
    assertThat(cost("me/drive/root/permissions")).isEqualTo(5);
    String link =
        caller.json200("me/drive/root/delta?token=latest").at("/@odata.deltaLink").asText();
    assertThat(cost(link)).isEqualTo(1);
  }

  private long cost(String call) {
    long before = simulator.statistics().resourceUnits();
    caller.get(call);
    return simulator.statistics().resourceUnits() - before;
  }

  @Test
  @DisplayName("throttles past a limit, and punishes calls made meanwhile")
  void throttling() throws IOException {
    Limits few = new Limits(10, Duration.ofMinutes(5), 0, Effect.RetryAfter.SECONDS);
    start(SimulatorOptions.lifelike().limits(few));
    HttpResponse<String> last = null;
    for (int i = 0; i < 10; i++) {
      last = caller.get("me/drive");
      assertThat(last.statusCode()).isEqualTo(200);
    }
    assertThat(last.headers().firstValue("RateLimit-Limit")).hasValue("10");
    assertThat(last.headers().firstValue("RateLimit-Remaining")).hasValue("0");
    HttpResponse<String> refused = caller.get("me/drive");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("activityLimitReached");
    long pause = Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
    assertThat(pause).isEqualTo(300);
    assertThat(simulator.statistics().callsDuringFence()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(caller.get("me/drive").statusCode()).isEqualTo(429);
    }
    assertThat(simulator.statistics().callsDuringFence()).isEqualTo(5);
    clock.advance(Duration.ofSeconds(pause));
    assertThat(caller.get("me/drive").statusCode()).isEqualTo(429);
    clock.advance(Duration.ofSeconds(10));
    assertThat(caller.get("me/drive").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("asks to wait in seconds, as a date, or without saying how long")
  void retryAfterForms() {
    simulator
        .faults()
        .on("graph GET /v1.0/me$")
        .once()
        .then(new Effect.Throttle(503, Duration.ofSeconds(20), Effect.RetryAfter.DATE));
    HttpResponse<String> dated = caller.get("me");
    assertThat(dated.statusCode()).isEqualTo(503);
    ZonedDateTime until =
        ZonedDateTime.parse(
            dated.headers().firstValue("Retry-After").orElseThrow(),
            DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(Duration.between(clock.instant(), until.toInstant()))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(22));
    assertThat(caller.get("me/drive").statusCode()).isEqualTo(503);
    clock.advance(Duration.ofSeconds(30));
    simulator
        .faults()
        .on("graph GET /v1.0/me/drive$")
        .once()
        .then(new Effect.Throttle(429, Duration.ofSeconds(5), Effect.RetryAfter.MISSING));
    HttpResponse<String> silent = caller.get("me/drive");
    assertThat(silent.statusCode()).isEqualTo(429);
    assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  @DisplayName("lets an application in without a user, but not to /me")
  void applicationToken() {
    HttpResponse<String> granted =
        Caller.form(
            simulator.authorityUrl() + "/contoso.example/oauth2/v2.0/token",
            "grant_type=client_credentials&client_id=a&client_secret=s%2B%26"
                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
    assertThat(granted.statusCode()).isEqualTo(200);
    JsonNode tokens = Caller.json(granted.body());
    assertThat(tokens.has("refresh_token")).isFalse();
    String bearer = "Bearer " + tokens.path("access_token").asText();
    String url = simulator.graphUrl();
    assertThat(Caller.bare(url + "/me", "Authorization", bearer).statusCode()).isEqualTo(400);
    assertThat(
            Caller.bare(url + "/users/megan.bowen@contoso.example/drive", "Authorization", bearer)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("asks for claims when the plan says so")
  void claimsChallenge() {
    simulator.faults().on("graph GET").once().then(new Effect.ClaimsChallenge("{\"a\":1}"));
    HttpResponse<String> answer = caller.get("me");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("insufficient_claims", "eyJhIjoxfQ==");
    assertThat(caller.get("me").statusCode()).isEqualTo(200);
  }
}
