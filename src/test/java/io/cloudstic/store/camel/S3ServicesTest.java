package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteFiles;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import io.cloudstic.store.StoreUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the S3 routes make of services that do things their own way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class S3ServicesTest {
  private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7, 8};

  private static StubS3 s3;
  private static CamelRuntime runtime;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("aws.accessKeyId", "id");
    System.setProperty("aws.secretAccessKey", "secret");
    s3 = new StubS3();
    runtime = runtime("", "10000");
    store = new RouteStore(runtime.context());
  }

  private static CamelRuntime runtime(String checksums, String idle) {
    Properties properties = ApplicationProperties.load(null, null);
    properties.setProperty("cloudstic.store.retries", "5");
    properties.setProperty("cloudstic.store.retry-delay", "1");
    properties.setProperty("cloudstic.s3.idle-timeout", idle);
    properties.setProperty("cloudstic.s3.checksums", checksums);
    StoreUri.S3 uri = (StoreUri.S3) StoreUri.parse("s3:" + s3.endpoint() + "/bucket/über+here");
    return CamelRuntime.builder(RouteFiles.find(Map.of(), null), properties)
        .store(uri, Map.of())
        .start();
  }

  @AfterAll
  static void stop() {
    runtime.stop();
    s3.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void forget() {
    s3.forget();
  }

  @Test
  void pages_follow_the_services_tokens_and_not_the_keys() {
    s3.then(
        page("t/1+", "<IsTruncated>true</IsTruncated>", "data/cc", "data/aa"),
        page("t 2", "<IsTruncated>true</IsTruncated>"),
        page(null, "<IsTruncated>false</IsTruncated>", "data/bb", "data/bb"));

    assertThat(keys()).containsExactly("data/cc", "data/aa", "data/bb");
    assertThat(s3.calls()).hasSize(3).allMatch(call -> call.contains("list-type=2"));
    assertThat(s3.calls().get(0)).contains("prefix=%C3%BCber%2Bhere%2Fdata%2F");
    assertThat(s3.calls().get(1)).contains("continuation-token=t%2F1%2B");
    assertThat(s3.calls().get(2)).contains("continuation-token=t%202");
  }

  @Test
  void a_service_that_knows_the_first_listing_only_is_asked_by_that() {
    s3.then(
        page(null, "<IsTruncated>true</IsTruncated>", "data/aa", "data/bb"),
        page(null, "<IsTruncated>true</IsTruncated>", "data/cc"),
        page(null, "<IsTruncated>false</IsTruncated>", "data/dd"));

    assertThat(keys()).containsExactly("data/aa", "data/bb", "data/cc", "data/dd");
    assertThat(s3.calls().get(1)).doesNotContain("list-type").contains("data%2Fbb");
    assertThat(s3.calls().get(2)).contains("marker=%C3%BCber%2Bhere%2Fdata%2Fcc");

    s3.then(
        StubS3.status(501, "NotImplemented"),
        page(null, "<IsTruncated>true</IsTruncated>", "data/aa"),
        page(null, "<IsTruncated>false</IsTruncated>", "data/bb"));
    assertThat(keys()).containsExactly("data/aa", "data/bb");
  }

  @Test
  void a_listing_that_does_not_move_on_has_an_end() {
    StubS3.Answer again = page("same", "<IsTruncated>true</IsTruncated>", "data/aa");
    s3.then(again, again, again, again);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(S3ServicesTest::keys)
        .withMessageContaining("gives the same page again");
  }

  @Test
  void an_answer_that_is_no_listing_does_not_count_as_an_empty_one() {
    String error = "<Error><Code>InternalError</Code><Message>on purpose</Message></Error>";
    s3.then(
        StubS3.xml(200, error),
        StubS3.xml(200, "<html><body>Sign in to the network</body></html>"),
        StubS3.body(200, "Sign in".getBytes()),
        page(null, "<IsTruncated>false</IsTruncated>", "data/aa"));

    assertThat(keys()).containsExactly("data/aa");
  }

  @Test
  void a_listing_that_says_little_of_itself_is_one() {
    s3.then(
        StubS3.xml(
            200,
            "<ListBucketResult><Contents><Key>über+here/data/aa</Key><Size>8</Size></Contents>"
                + "</ListBucketResult>"),
        StubS3.xml(200, "<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>"));

    assertThat(keys()).containsExactly("data/aa");
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_service_that_ignores_ranges_sends_too_much_and_is_understood() {
    s3.then(StubS3.body(200, DATA), StubS3.body(200, DATA));

    assertThat(store.getRange("data/aa", 2, 3)).isEqualTo(new byte[] {3, 4, 5});
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.getRange("data/aa", 6, 5))
        .withMessageContaining("the object ends after 2 of them");
  }

  @Test
  void a_part_that_is_shorter_than_the_service_says_is_read_anew() {
    s3.then(part("bytes 2-5/8", 2, 4), part("bytes 3-6/8", 3, 7), part("bytes 2-5/8", 2, 6));

    assertThat(store.getRange("data/aa", 2, 4)).isEqualTo(new byte[] {3, 4, 5, 6});
    assertThat(s3.calls()).hasSize(3);
  }

  @Test
  void an_error_that_comes_as_an_object_is_not_taken_for_one() {
    s3.then(
        StubS3.xml(200, "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>"),
        StubS3.body(200, DATA),
        StubS3.xml(200, "<html>Welcome</html>"),
        part("bytes 5-5/8", 5, 6));

    assertThat(store.get("data/aa")).isEqualTo(DATA);
    assertThat(store.getRange("data/aa", 5, 1)).isEqualTo(new byte[] {6});
  }

  @Test
  void an_object_that_was_taken_without_a_receipt_is_looked_for() {
    s3.then(
        StubS3.xml(200, "<html>Welcome</html>"),
        StubS3.status(404, "NoSuchKey"),
        StubS3.body(200, new byte[0]),
        call -> {
          call.getResponseHeaders().set("Content-Length", "8");
          call.sendResponseHeaders(200, -1);
        });

    store.put("data/aa", DATA);

    assertThat(s3.calls().stream().map(call -> call.replaceAll(" .*", "")))
        .containsExactly("PUT", "HEAD", "PUT", "HEAD");
  }

  @Test
  void a_service_that_dislikes_the_condition_of_a_creation_gets_a_look_and_a_plain_put() {
    s3.then(StubS3.status(404, "NoSuchKey"), StubS3.status(400, "InvalidArgument"));
    store.create("config", DATA);
    assertThat(s3.calls()).hasSize(3);

    s3.then(StubS3.status(404, "NoSuchKey"), StubS3.status(412, "PreconditionFailed"));
    assertThatExceptionOfType(ObjectExistsException.class)
        .isThrownBy(() -> store.create("config", DATA));
  }

  @Test
  void a_service_that_says_when_to_come_back_is_obeyed() {
    s3.then(StubS3.status(503, "SlowDown", "Retry-After", "1"));

    long began = System.nanoTime();
    store.put("data/aa", DATA);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void a_service_that_stays_silent_is_given_up_after_the_fourth_try() {
    StubS3.Answer silence = S3ServicesTest::silent;
    s3.then(silence, silence, silence, silence, silence);

    try (CamelRuntime impatient = runtime("", "300")) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> new RouteStore(impatient.context()).get("data/aa"))
          .withMessageContaining("data/aa")
          .withMessageContaining("timed out");
    }
    assertThat(s3.calls()).hasSize(4);
  }

  @Test
  void an_answer_that_only_drips_is_given_up() {
    s3.then(
        call -> {
          call.sendResponseHeaders(200, 100_000);
          for (int i = 0; i < 100; i++) {
            call.getResponseBody().write(i);
            call.getResponseBody().flush();
            pause(100);
          }
        },
        StubS3.body(200, DATA));

    try (CamelRuntime impatient = runtime("", "1000")) {
      assertThat(new RouteStore(impatient.context()).get("data/aa")).isEqualTo(DATA);
    }
  }

  @Test
  void what_is_no_answer_at_all_is_told_in_words() {
    StubS3.Answer nothing = call -> call.close();
    s3.then(nothing, nothing, nothing, nothing, nothing, nothing);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.get("data/aa"))
        .withMessageContaining("the store cannot read data/aa: The target server failed to respond")
        .withMessageNotContaining("SDK");
  }

  @Test
  void the_region_of_the_bucket_is_named() {
    s3.then(
        StubS3.status(301, "PermanentRedirect", "x-amz-bucket-region", "eu-west-3"),
        StubS3.status(400, "AuthorizationHeaderMalformed", "x-amz-bucket-region", "eu-west-3"));

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.put("data/aa", DATA))
          .withMessageContaining("the bucket is in eu-west-3")
          .matches(e -> e.advice().orElse("").equals("set CLOUDSTIC_S3_REGION=eu-west-3"));
    }
  }

  @Test
  void a_service_of_one_s_own_gets_no_checksums_that_it_may_not_know() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    s3.then(
        call -> {
          call.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          call.getResponseHeaders().set("ETag", "\"1\"");
          call.sendResponseHeaders(200, -1);
        });

    store.put("data/aa", DATA);

    assertThat(headers)
        .containsEntry("Content-MD5", "DuBkbBx32BMcyPTuZcdnOw==")
        .containsEntry("Content-Length", "8")
        .containsEntry(
            "x-amz-content-sha256",
            "66840dda154e8a113c31dd0ad32f7f3a366a80e8136979d8f5a101d3d29d6f72");
    assertThat(headers.keySet())
        .noneMatch(name -> name.matches("(?i)x-amz-(trailer|checksum.*|sdk-.*)"));
  }

  @Test
  void damage_is_left_to_those_who_can_tell_what_is_lost() {
    s3.then(
        call -> {
          call.getResponseHeaders().set("x-amz-checksum-crc32", "AAAAAA==");
          StubS3.body(200, DATA).to(call);
        });

    try (CamelRuntime checking = runtime("when-supported", "10000")) {
      assertThat(new RouteStore(checking.context()).get("data/aa")).isEqualTo(DATA);
    }
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    store.list("data/", info -> keys.add(info.key()));
    return keys;
  }

  private static StubS3.Answer page(String token, String more, String... keys) {
    StringBuilder page = new StringBuilder("<ListBucketResult><Name>bucket</Name>").append(more);
    page.append("<EncodingType>url</EncodingType>");
    if (token != null) {
      page.append("<NextContinuationToken>").append(token).append("</NextContinuationToken>");
    }
    for (String key : keys) {
      page.append("<Contents><Key>%C3%BCber%2Bhere/").append(key);
      page.append("</Key><Size>8</Size></Contents>");
    }
    return StubS3.xml(200, page.append("</ListBucketResult>").toString());
  }

  private static StubS3.Answer part(String range, int from, int to) {
    return call -> {
      call.getResponseHeaders().set("Content-Range", range);
      StubS3.body(206, Arrays.copyOfRange(DATA, from, to)).to(call);
    };
  }

  private static void silent(com.sun.net.httpserver.HttpExchange call) {
    pause(1_500);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
