package io.cloudstic.onedrive.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.ItemException.Reason;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.client.ContentChangedException;
import io.cloudstic.onedrive.client.ContentSource;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.client.FileContent;
import io.cloudstic.onedrive.client.QuickXorHash;
import io.cloudstic.onedrive.client.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A download")
@Timeout(60)
class DownloadTest {
  private static final byte[] CONTENT = random(300_000, 1);
  private static final byte[] OTHER = random(300_000, 2);

  private final Deque<ScriptedServer.Script> scripts = new ArrayDeque<>();
  private final Source source = new Source();
  private final ScriptedServer storage;
  private final GraphRoutes routes;

  DownloadTest() throws Exception {
    storage = new ScriptedServer(this::answer);
    // Graph itself is not asked by HTTP here; that it is on loopback allows plain HTTP downloads.
    routes = new GraphRoutes(storage.origin());
  }

  @AfterEach
  void close() throws Exception {
    try {
      assertThat(storage.calls())
          .as("requests with a token")
          .noneMatch(call -> call.headers().containsKey("Authorization"));
      assertThat(routes.requests.size()).as("open requests").isZero();
      assertThat(scripts).as("scripted answers that were never asked for").isEmpty();
    } finally {
      routes.close();
      storage.close();
    }
  }

  @Test
  @DisplayName("uses the listing's URL, and is verified by hash")
  void happy() throws Exception {
    then(whole(CONTENT));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(content.mark()).isEqualTo(Mark.HASH);
    assertThat(source.items).hasValue(0);
    assertThat(storage.calls().get(0).header("Accept")).isEqualTo("*/*");
    assertThat(storage.calls().get(0).header("Accept-Encoding")).isEqualTo("identity");
    assertThat(storage.calls().get(0).header("Range")).isNull();
  }

  @Test
  @DisplayName("is verified by size when Graph gives no hash")
  void bySize() throws Exception {
    then(whole(CONTENT));
    FileContent content = content(withHashes(file(CONTENT, CONTENT.length), Hashes.NONE));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(content.mark()).isEqualTo(Mark.SIZE);
  }

  @Test
  @DisplayName("of an empty file asks nobody, unless its hash is of something else")
  void empty() throws Exception {
    FileContent content = content(file(new byte[0], 0));
    assertThat(read(content)).isEmpty();
    assertThat(content.mark()).isEqualTo(Mark.HASH);
    assertThat(storage.calls()).isEmpty();

    then(whole(CONTENT));
    content = content(file(CONTENT, 0));
    assertThat(read(content)).isEqualTo(CONTENT);
  }

  @Test
  @DisplayName("goes on after the connection breaks, at the byte where it was")
  void resumes() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(range(CONTENT, 50_000));
    then(range(CONTENT, Integer.MAX_VALUE));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(content.mark()).isEqualTo(Mark.HASH);
    assertThat(storage.calls())
        .extracting(call -> call.header("Range"))
        .containsExactly(null, "bytes=100000-", "bytes=150000-");
    assertThat(source.items).hasValue(0);
  }

  @Test
  @DisplayName("drops what it has when a server ignores the range")
  void rangeIgnored() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(whole(CONTENT));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
  }

  @Test
  @DisplayName("does not take another part than the one it asked for")
  void wrongRange() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(
        (call, out) ->
            ScriptedServer.answer(
                out,
                206,
                "Content-Range: bytes 5-9/300000\r\n",
                Arrays.copyOfRange(CONTENT, 5, 10)));
    then(whole(CONTENT));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
    assertThat(storage.calls().get(2).header("Range")).isNull();
  }

  @Test
  @DisplayName("that breaks again and again without progress fails for this item alone")
  void noProgress() throws Exception {
    for (int i = 0; i < 7; i++) {
      then((call, out) -> false);
    }
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).satisfies(reason(Reason.SERVER));
    assertThat(routes.slept.stream().filter(pause -> !pause.isZero()).count()).isEqualTo(6);
  }

  @Test
  @DisplayName("gets a new URL when the old one has expired, without a new sign-in")
  void expired() throws Exception {
    then(status(401));
    then(whole(CONTENT));
    source.give(file(CONTENT, CONTENT.length));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
    assertThat(source.items).hasValue(1);
    assertThat(storage.calls().get(0).target()).isNotEqualTo(storage.calls().get(1).target());
    assertThat(routes.tokensAskedFor).isEmpty();
  }

  @Test
  @DisplayName("gets a new URL in its middle and goes on where it was")
  void expiredInTheMiddle() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(status(403));
    then(range(CONTENT, Integer.MAX_VALUE));
    source.give(file(CONTENT, CONTENT.length));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  @DisplayName("takes a refusal for an expired URL at first, whatever its status")
  void refusedOnce(int status) throws Exception {
    then(status(status));
    then(whole(CONTENT));
    source.give(file(CONTENT, CONTENT.length));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
    assertThat(source.items).hasValue(1);
    assertThat(routes.tokensAskedFor).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400,2,REFUSED", "401,4,REFUSED", "403,2,ACCESS_DENIED", "404,2,REFUSED", "410,4,REFUSED",
    "405,1,REFUSED", "409,3,REFUSED", "423,3,LOCKED", "500,7,SERVER", "503,7,SERVER",
    "507,1,QUOTA"
  })
  @DisplayName("that is always refused while the item exists is this item's failure, after a while")
  void refusedForEver(int status, int requests, Reason expected) {
    for (int i = 0; i < requests; i++) {
      then(status(status));
      source.give(file(CONTENT, CONTENT.length));
    }
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content))
        .satisfies(reason(expected))
        .hasMessageContaining(Integer.toString(status));
    source.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalidresourceid,VAULT",
    "400,invalidrequest,REFUSED",
    "403,accessdenied,ACCESS_DENIED",
    "403,malwaredetected,MALWARE",
    "403,quotalimitreached,QUOTA",
    "404,itemnotfound,GONE",
    "409,conflict,REFUSED",
    "410,'',GONE",
    "423,resourcelocked,LOCKED",
    "507,insufficientstorage,QUOTA",
    "429,'',SERVER",
    "503,'',SERVER"
  })
  @DisplayName("whose item Graph does not give any more fails for this item alone")
  void itemRefused(int status, String code, Reason expected) {
    then(status(401));
    source.failure = new GraphException(status, code, "refused", null, null);
    assertThatThrownBy(() -> read(content(file(CONTENT, CONTENT.length))))
        .satisfies(reason(expected));
  }

  @Test
  @DisplayName("of an item that is deleted or infected meanwhile ends so, without another request")
  void deletedMeanwhile() {
    then(status(401));
    source.give(changed(file(CONTENT, CONTENT.length), true, false));
    assertThatThrownBy(() -> read(content(file(CONTENT, CONTENT.length))))
        .satisfies(reason(Reason.GONE));
    source.clear();
    then(status(401));
    source.give(changed(file(CONTENT, CONTENT.length), false, true));
    assertThatThrownBy(() -> read(content(file(CONTENT, CONTENT.length))))
        .satisfies(reason(Reason.MALWARE));
  }

  @Test
  @DisplayName("without hashes is checked by its size, and by nothing else")
  void withoutHashes() throws Exception {
    then(whole(OTHER));
    FileContent content = downloads().withoutHashes().of("drive", file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(OTHER);
    assertThat(content.mark()).isEqualTo(Mark.SIZE);
    assertThat(source.items).hasValue(0);

    byte[] shorter = Arrays.copyOf(CONTENT, 1000);
    then(whole(shorter));
    then(whole(shorter));
    source.give(file(CONTENT, CONTENT.length));
    content = downloads().withoutHashes().of("drive", file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(shorter);
    assertThat(content.mark()).isEqualTo(Mark.MISMATCH);
  }

  @Test
  @DisplayName("of an item that was listed just now without a URL costs one call, not two")
  void listedWithoutUrl() throws Exception {
    then(whole(CONTENT));
    source.contentUrl = storage.origin() + "/content";
    FileContent content =
        downloads().ofCurrent("drive", withUrl(file(CONTENT, CONTENT.length), null));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(source.items).hasValue(0);
    assertThat(source.contents).hasValue(1);
  }

  @Test
  @DisplayName("that trickles is cut and resumed, and given up when it always does")
  void trickle() throws Exception {
    AtomicLong nanos = new AtomicLong();
    Downloads slow = downloads(() -> nanos.addAndGet(TimeUnit.MINUTES.toNanos(2)));
    then(trickling());
    then(range(CONTENT, Integer.MAX_VALUE));
    FileContent content = slow.of("drive", file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(storage.calls().get(1).header("Range")).matches("bytes=[1-9]\\d{0,2}-");

    for (int i = 0; i < 7; i++) {
      then(trickling());
    }
    assertThatThrownBy(() -> read(slow.of("drive", file(CONTENT, CONTENT.length))))
        .satisfies(reason(Reason.SERVER))
        .hasMessageContaining("next to nothing");
  }

  @Test
  @DisplayName("without a URL asks for the item, then for its content, and follows the redirect")
  void contentFallback() throws Exception {
    then((call, out) -> ScriptedServer.answer(out, 302, "Location: /moved?x=1\r\n", new byte[0]));
    then(whole(CONTENT));
    source.give(withUrl(file(CONTENT, CONTENT.length), null));
    source.contentUrl = storage.origin() + "/content";
    FileContent content = content(withUrl(file(CONTENT, CONTENT.length), null));
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(storage.calls().get(1).target()).isEqualTo("/moved?x=1");
  }

  @Test
  @DisplayName("never goes to a URL that is not safe")
  void unsafeUrl() {
    DriveItem item = withUrl(file(CONTENT, CONTENT.length), "http://files.example/secret?a=b");
    assertThatThrownBy(() -> read(content(item)))
        .satisfies(reason(Reason.REFUSED))
        .hasMessageContaining("files.example")
        .hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("is begun again with the newer metadata when the file changes before it resumes")
  void changedInTheMiddle() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(status(404));
    then(whole(OTHER));
    DriveItem newer = withTags(file(OTHER, OTHER.length), "\"e2\"", "\"c2\"");
    source.give(newer, newer);
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).isInstanceOf(ContentChangedException.class);
    assertThat(read(content)).isEqualTo(OTHER);
    assertThat(content.item().eTag()).isEqualTo("\"e2\"");
    assertThat(content.mark()).isEqualTo(Mark.HASH);
  }

  @Test
  @DisplayName("is begun again when it does not match and the file has changed")
  void changedAtTheEnd() throws Exception {
    then(whole(OTHER));
    then(whole(OTHER));
    source.give(withTags(file(OTHER, OTHER.length), "\"e2\"", "\"c2\""));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).isInstanceOf(ContentChangedException.class);
    assertThat(read(content)).isEqualTo(OTHER);
    assertThat(content.mark()).isEqualTo(Mark.HASH);
  }

  @Test
  @DisplayName("of a file that never rests keeps the fourth round, with a mark")
  void neverRests() throws Exception {
    FileContent content = content(file(CONTENT, CONTENT.length));
    for (int round = 1; round <= 4; round++) {
      then(whole(random(1000, 100 + round)));
      source.clear();
      source.give(
          withTags(file(CONTENT, CONTENT.length), "\"e" + round + "x\"", "\"c" + round + "x\""));
      if (round < 4) {
        assertThatThrownBy(() -> read(content)).isInstanceOf(ContentChangedException.class);
      }
    }
    assertThat(read(content)).isEqualTo(random(1000, 104));
    assertThat(content.mark()).isEqualTo(Mark.MISMATCH);
  }

  @Test
  @DisplayName("that does not match twice with the same bytes is kept with a mark")
  void serverMismatch() throws Exception {
    then(whole(OTHER));
    then(whole(OTHER));
    source.give(file(CONTENT, CONTENT.length));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThat(read(content)).isEqualTo(OTHER);
    assertThat(content.mark()).isEqualTo(Mark.MISMATCH);
    assertThat(source.items).hasValue(1);
  }

  @Test
  @DisplayName("shorter than announced, as live photos are, is kept with a mark")
  void livePhoto() throws Exception {
    byte[] still = Arrays.copyOf(CONTENT, 1000);
    then(whole(still));
    then(whole(still));
    source.give(withHashes(file(CONTENT, CONTENT.length), Hashes.NONE));
    FileContent content = content(withHashes(file(CONTENT, CONTENT.length), Hashes.NONE));
    assertThat(read(content)).isEqualTo(still);
    assertThat(content.mark()).isEqualTo(Mark.MISMATCH);
  }

  @Test
  @DisplayName("with other bytes each time is an error of this item")
  void unstable() throws Exception {
    then(whole(OTHER));
    then(whole(random(300_000, 3)));
    source.give(file(CONTENT, CONTENT.length));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).satisfies(reason(Reason.UNSTABLE));
  }

  @Test
  @DisplayName("that was wrong once and then right is begun again")
  void wrongOnce() throws Exception {
    then(whole(OTHER));
    then(whole(CONTENT));
    then(whole(CONTENT));
    source.give(file(CONTENT, CONTENT.length));
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).isInstanceOf(ContentChangedException.class);
    assertThat(read(content)).isEqualTo(CONTENT);
    assertThat(content.mark()).isEqualTo(Mark.HASH);
  }

  @Test
  @DisplayName("never takes a web page for the content")
  void html() throws Exception {
    byte[] page = "<html>sign in</html>".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 4; i++) {
      then(
          (call, out) ->
              ScriptedServer.answer(out, 200, "Content-Type: text/html; charset=utf-8\r\n", page));
      source.give(file(CONTENT, CONTENT.length));
    }
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content)).satisfies(reason(Reason.WEB_PAGE));
    source.clear();
  }

  @Test
  @DisplayName("takes a web page where the file is one")
  void htmlFile() throws Exception {
    byte[] page = "<html>mine</html>".getBytes(StandardCharsets.US_ASCII);
    then((call, out) -> ScriptedServer.answer(out, 200, "Content-Type: text/html\r\n", page));
    assertThat(read(content(withName(file(page, page.length), "index.HTML")))).isEqualTo(page);
  }

  @Test
  @DisplayName("of an infected file is not tried, and is permanent")
  void malware() throws Exception {
    then(
        (call, out) ->
            ScriptedServer.json(out, 403, "", "{\"error\":{\"code\":\"malwareDetected\"}}"));
    assertThatThrownBy(() -> read(content(file(CONTENT, CONTENT.length))))
        .satisfies(reason(Reason.MALWARE));
    assertThat(Reason.MALWARE.isPermanent()).isTrue();
  }

  @Test
  @DisplayName("of a file that is gone says so")
  void gone() throws Exception {
    then(status(404));
    source.failure = new GraphException(404, "itemnotfound", "not found", null, null);
    assertThatThrownBy(() -> read(content(file(CONTENT, CONTENT.length))))
        .satisfies(reason(Reason.GONE));
  }

  @Test
  @DisplayName("waits as long as a throttled storage host asks")
  void throttled() throws Exception {
    then((call, out) -> ScriptedServer.answer(out, 429, "Retry-After: 30\r\n", new byte[0]));
    then((call, out) -> ScriptedServer.answer(out, 509, "", new byte[0]));
    then(whole(CONTENT));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
    assertThat(routes.slept).contains(Duration.ofSeconds(30));
    assertThat(routes.downloadGate.throttled()).isGreaterThan(Duration.ofSeconds(33));
  }

  @Test
  @DisplayName("is complete when a range begins at its end")
  void rangeAtTheEnd() throws Exception {
    then(
        (call, out) -> {
          // No length: the end of the connection is the only sign, and it is not to be trusted.
          ScriptedServer.head(out, 200, "Transfer-Encoding: chunked\r\n");
          out.write((Integer.toHexString(CONTENT.length) + "\r\n").getBytes());
          out.write(CONTENT);
          out.write("\r\n".getBytes());
          return false;
        });
    then(
        (call, out) ->
            ScriptedServer.answer(out, 416, "Content-Range: bytes */300000\r\n", new byte[0]));
    assertThat(read(content(file(CONTENT, CONTENT.length)))).isEqualTo(CONTENT);
  }

  @Test
  @DisplayName("tied to no version by the server is checked against the item when it resumed")
  void unguardedResume() throws Exception {
    then(cutAfter(CONTENT, 100_000));
    then(range(OTHER, Integer.MAX_VALUE));
    then(whole(OTHER));
    source.give(withTags(withHashes(file(OTHER, OTHER.length), Hashes.NONE), "\"e2\"", "\"c2\""));
    FileContent content = content(withHashes(file(CONTENT, CONTENT.length), Hashes.NONE));
    assertThatThrownBy(() -> read(content)).isInstanceOf(ContentChangedException.class);
    assertThat(read(content)).isEqualTo(OTHER);
  }

  @Test
  @DisplayName("sends a strong validator along when it resumes")
  void ifRange() throws Exception {
    then(
        (call, out) -> {
          ScriptedServer.head(out, 200, "ETag: \"v1\"\r\nContent-Length: 300000\r\n");
          out.write(CONTENT, 0, 100_000);
          return false;
        });
    then(whole(CONTENT));
    read(content(file(CONTENT, CONTENT.length)));
    assertThat(storage.calls().get(1).header("If-Range")).isEqualTo("\"v1\"");
  }

  @Test
  @DisplayName("closed early drops its connection")
  void closedEarly() throws Exception {
    then(whole(CONTENT));
    try (InputStream in = content(file(CONTENT, CONTENT.length)).open()) {
      assertThat(in.read()).isGreaterThanOrEqualTo(0);
    }
    assertThat(routes.requests.size()).isZero();
  }

  @Test
  @DisplayName("never shows its URL")
  void secretUrl() {
    for (int i = 0; i < 2; i++) {
      then(status(403));
      source.give(file(CONTENT, CONTENT.length));
    }
    FileContent content = content(file(CONTENT, CONTENT.length));
    assertThatThrownBy(() -> read(content))
        .satisfies(reason(Reason.ACCESS_DENIED))
        .hasMessageNotContaining("tempauth");
    source.clear();
  }

  private void then(ScriptedServer.Script script) {
    scripts.add(script);
  }

  private boolean answer(ScriptedServer.Call call, OutputStream out) throws IOException {
    ScriptedServer.Script next;
    synchronized (scripts) {
      next = scripts.isEmpty() ? status(599) : scripts.remove();
    }
    return next.answer(call, out);
  }

  private FileContent content(DriveItem item) {
    return downloads().of("drive", item);
  }

  private Downloads downloads() {
    return downloads(() -> 0);
  }

  private Downloads downloads(LongSupplier nanos) {
    return new Downloads(
        source,
        routes.downloadHttp,
        routes.downloads.trusted(),
        routes.downloads.rule(),
        routes.downloads.sleeper(),
        nanos,
        "test",
        true);
  }

  /** Some bytes, one after the other. */
  private static ScriptedServer.Script trickling() {
    return (call, out) -> {
      String asked = call.header("Range");
      int from = asked == null ? 0 : Integer.parseInt(asked.replaceAll("\\D", ""));
      ScriptedServer.head(
          out,
          from == 0 ? 200 : 206,
          "Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n"
              .formatted(from, CONTENT.length - 1, CONTENT.length, CONTENT.length - from));
      try {
        for (int i = 0; i < 50; i++) {
          out.write(CONTENT, from + i, 1);
          out.flush();
          java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
      } catch (IOException cut) {
        return false;
      }
      return false;
    };
  }

  private static byte[] read(FileContent content) throws IOException {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    }
  }

  private static java.util.function.Consumer<Throwable> reason(Reason reason) {
    return e ->
        assertThat(e)
            .isInstanceOfSatisfying(
                ItemException.class, item -> assertThat(item.reason()).isEqualTo(reason));
  }

  private static ScriptedServer.Script whole(byte[] content) {
    return (call, out) -> ScriptedServer.answer(out, 200, "", content);
  }

  private static ScriptedServer.Script status(int status) {
    return (call, out) -> ScriptedServer.answer(out, status, "", new byte[0]);
  }

  private static ScriptedServer.Script cutAfter(byte[] content, int length) {
    return (call, out) -> {
      ScriptedServer.head(out, 200, "Content-Length: " + content.length + "\r\n");
      out.write(content, 0, length);
      return false;
    };
  }

  private static ScriptedServer.Script range(byte[] content, int most) {
    return (call, out) -> {
      int from = Integer.parseInt(call.header("Range").replaceAll("bytes=(\\d+)-", "$1"));
      int length = Math.min(most, content.length - from);
      ScriptedServer.head(
          out,
          206,
          "Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n"
              .formatted(from, content.length - 1, content.length, content.length - from));
      out.write(content, from, length);
      return length == content.length - from;
    };
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private final AtomicInteger urls = new AtomicInteger();

  private DriveItem file(byte[] content, long size) {
    QuickXorHash hash = new QuickXorHash();
    hash.update(content, 0, content.length);
    return new DriveItem(
        "01AB",
        "drive",
        "parent",
        "photo.heic",
        ItemKind.FILE,
        false,
        size,
        Instant.EPOCH,
        Instant.EPOCH,
        "\"e\"",
        "\"c\"",
        new Hashes(Base64.getEncoder().encodeToString(hash.digest()), null, null),
        "image/heic",
        -1,
        null,
        storage.origin() + "/file?tempauth=" + urls.incrementAndGet(),
        false,
        null,
        null,
        null,
        null);
  }

  private static DriveItem withHashes(DriveItem item, Hashes hashes) {
    return copy(item, item.name(), item.eTag(), item.cTag(), hashes, item.downloadUrl());
  }

  private static DriveItem withTags(DriveItem item, String eTag, String cTag) {
    return copy(item, item.name(), eTag, cTag, item.hashes(), item.downloadUrl());
  }

  private static DriveItem withUrl(DriveItem item, String url) {
    return copy(item, item.name(), item.eTag(), item.cTag(), item.hashes(), url);
  }

  private static DriveItem withName(DriveItem item, String name) {
    return copy(item, name, item.eTag(), item.cTag(), item.hashes(), item.downloadUrl());
  }

  private static DriveItem changed(DriveItem item, boolean deleted, boolean malware) {
    return new DriveItem(
        item.id(),
        item.driveId(),
        item.parentId(),
        item.name(),
        item.kind(),
        deleted,
        item.size(),
        item.created(),
        item.modified(),
        item.eTag(),
        item.cTag(),
        item.hashes(),
        item.mimeType(),
        item.childCount(),
        item.modifiedBy(),
        item.downloadUrl(),
        malware,
        item.packageType(),
        item.remoteDriveId(),
        item.remoteItemId(),
        item.specialFolder());
  }

  private static DriveItem copy(
      DriveItem item, String name, String eTag, String cTag, Hashes hashes, String url) {
    return new DriveItem(
        item.id(),
        item.driveId(),
        item.parentId(),
        name,
        item.kind(),
        item.deleted(),
        item.size(),
        item.created(),
        item.modified(),
        eTag,
        cTag,
        hashes,
        item.mimeType(),
        item.childCount(),
        item.modifiedBy(),
        url,
        item.malware(),
        item.packageType(),
        item.remoteDriveId(),
        item.remoteItemId(),
        item.specialFolder());
  }

  /** Graph, as far as downloads need it: gives items in the order told, the last one again. */
  private static final class Source implements ContentSource {
    private final AtomicInteger items = new AtomicInteger();
    private final AtomicInteger contents = new AtomicInteger();
    private final Deque<DriveItem> next = new ArrayDeque<>();
    private String contentUrl;
    private GraphException failure;

    void give(DriveItem... given) {
      next.addAll(Arrays.asList(given));
    }

    void clear() {
      next.clear();
    }

    @Override
    public DriveItem item(String driveId, String itemId) {
      assertThat(driveId).isEqualTo("drive");
      assertThat(itemId).isEqualTo("01AB");
      items.incrementAndGet();
      if (failure != null) {
        throw failure;
      }
      return next.size() > 1 ? next.remove() : next.element();
    }

    @Override
    public Optional<String> contentUrl(String driveId, String itemId) {
      contents.incrementAndGet();
      return Optional.of(contentUrl);
    }
  }
}
