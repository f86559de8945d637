package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteFiles;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreDeniedException;
import io.cloudstic.store.StoreException;
import io.cloudstic.store.StoreUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What the S3 routes do when the service or the way to it fails. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class S3FaultsTest {
  private static final String BUCKET = "backups";
  private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7, 8};

  private static S3TestServer server;
  private static S3Client client;

  private FaultyS3 s3;
  private CamelRuntime runtime;
  private ObjectStore store;

  @BeforeAll
  static void startServer() throws Exception {
    System.setProperty("aws.accessKeyId", S3TestServer.ID);
    System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    server = new S3TestServer();
    client = S3Clients.open(S3Settings.of(bucket(BUCKET), Map.of(), key -> null));
    client.createBucket(r -> r.bucket(BUCKET));
  }

  @AfterAll
  static void stopServer() throws Exception {
    client.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void start() {
    S3TestServer.clear(client, BUCKET);
    start("1");
  }

  @AfterEach
  void stop() {
    runtime.stop();
    assertThat(s3.left()).as("faults that nobody met").isEmpty();
  }

  private void start(String delay) {
    Properties properties = ApplicationProperties.load(null, null);
    properties.setProperty("cloudstic.store.retries", "3");
    properties.setProperty("cloudstic.store.retry-delay", delay);
    StoreBinding binding = StoreBinding.of(bucket(BUCKET), Map.of(), properties::getProperty);
    s3 = new FaultyS3((S3Client) binding.beans().get("s3Client"));
    Map<String, Object> beans = new HashMap<>(binding.beans());
    S3Settings settings = S3Settings.of(bucket(BUCKET), Map.of(), properties::getProperty);
    beans.put("s3Client", s3);
    beans.put("s3Bucket", new S3Bucket(s3, settings));
    beans.put("s3Listing", new S3Listing(s3, settings));
    runtime =
        CamelRuntime.builder(RouteFiles.find(Map.of(), null), properties)
            .store(
                new StoreBinding(
                    binding.name(),
                    binding.routeFiles(),
                    beans,
                    binding.properties(),
                    binding.check(),
                    binding.resources()))
            .start();
    store = runtime.store();
  }

  private static StoreUri.S3 bucket(String name) {
    return (StoreUri.S3) StoreUri.parse("s3:" + server.endpoint() + "/" + name);
  }

  @Test
  void a_fault_that_may_pass_is_tried_again() {
    s3.before(PutObjectRequest.class, FaultyS3.answer(503, "SlowDown"));
    s3.before(PutObjectRequest.class, SdkClientException.create("x", new SocketTimeoutException()));
    s3.before(PutObjectRequest.class, SdkClientException.create("x", new SocketException("reset")));
    store.put("data/ab/abcd", DATA);

    s3.before(GetObjectRequest.class, FaultyS3.answer(500, "InternalError"));
    assertThat(store.get("data/ab/abcd")).isEqualTo(DATA);

    s3.before(GetObjectRequest.class, FaultyS3.answer(400, "RequestTimeout"));
    assertThat(store.getRange("data/ab/abcd", 2, 2)).isEqualTo(new byte[] {3, 4});

    s3.before(ListObjectsV2Request.class, FaultyS3.answer(429, "TooManyRequests"));
    store.list("data/", info -> assertThat(info.size()).isEqualTo(DATA.length));
  }

  @Test
  void a_put_that_arrived_damaged_is_sent_again() {
    s3.before(PutObjectRequest.class, FaultyS3.answer(400, "BadDigest"));

    store.put("data/ab/abcd", DATA);

    assertThat(store.get("data/ab/abcd")).isEqualTo(DATA);
  }

  @Test
  void trying_again_has_an_end() {
    for (int i = 0; i < 4; i++) {
      s3.before(PutObjectRequest.class, FaultyS3.answer(503, "SlowDown"));
    }

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("data/ab/abcd", DATA))
        .withMessageContaining("data/ab/abcd")
        .withMessageContaining("503 SlowDown");
    assertThat(s3.calls(PutObjectRequest.class)).isEqualTo(4);
  }

  @Test
  void what_the_service_refuses_for_good_is_not_tried_again() {
    s3.before(PutObjectRequest.class, FaultyS3.answer(403, "AccessDenied"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("data/ab/abcd", DATA))
        .withMessageContaining("AccessDenied")
        .matches(e -> e.advice().orElse("").contains("s3:PutObject"));
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.get("data/ab/abcd"));
    assertThat(s3.calls(PutObjectRequest.class)).isEqualTo(1);
    assertThat(s3.calls(GetObjectRequest.class)).isEqualTo(1);

    s3.before(PutObjectRequest.class, FaultyS3.answer(400, "ExpiredToken"));
    assertThatExceptionOfType(StoreDeniedException.class)
        .isThrownBy(() -> store.put("data/ab/abcd", DATA))
        .matches(e -> e.advice().orElse("").contains("new temporary credentials"));
  }

  @Test
  void a_creation_whose_answer_was_lost_is_known_as_our_own() {
    s3.after(PutObjectRequest.class, FaultyS3.answer(500, "InternalError"));

    store.create("config", DATA);

    assertThat(store.get("config")).isEqualTo(DATA);
    assertThat(s3.calls(PutObjectRequest.class)).isEqualTo(1);
    assertThat(s3.calls(HeadObjectRequest.class)).isEqualTo(2);
  }

  @Test
  void a_creation_that_was_tried_again_does_not_take_another_s_object_for_its_own() {
    s3.around(
        PutObjectRequest.class,
        () -> {
          client.putObject(
              r -> r.bucket(BUCKET).key("locks/l"), RequestBody.fromString("another's"));
          throw FaultyS3.answer(503, "SlowDown");
        });

    assertThatExceptionOfType(ObjectExistsException.class)
        .isThrownBy(() -> store.create("locks/l", DATA));
    assertThat(store.get("locks/l")).isEqualTo("another's".getBytes());
  }

  @Test
  void a_service_without_conditional_writes_gets_a_look_and_a_plain_put() {
    s3.before(PutObjectRequest.class, FaultyS3.answer(501, "NotImplemented"));

    store.create("config", DATA);

    assertThat(store.get("config")).isEqualTo(DATA);
    assertThatExceptionOfType(ObjectExistsException.class)
        .isThrownBy(() -> store.create("config", new byte[] {9}));
    assertThat(store.get("config")).isEqualTo(DATA);
  }

  @Test
  void an_answer_that_breaks_off_is_read_anew() {
    store.put("data/ab/abcd", DATA);
    s3.answer(GetObjectRequest.class, S3FaultsTest::brokenOff);
    assertThat(store.get("data/ab/abcd")).isEqualTo(DATA);

    s3.answer(GetObjectRequest.class, S3FaultsTest::endedEarly);
    assertThat(store.get("data/ab/abcd")).isEqualTo(DATA);

    s3.answer(GetObjectRequest.class, S3FaultsTest::brokenOff);
    assertThat(store.getRange("data/ab/abcd", 0, 8)).isEqualTo(DATA);
  }

  @Test
  void stopping_ends_a_wait_for_the_next_try() throws Exception {
    runtime.stop();
    start("60000");
    s3.before(PutObjectRequest.class, FaultyS3.answer(503, "SlowDown"));
    CompletableFuture<Void> put = CompletableFuture.runAsync(() -> store.put("data/ab/abcd", DATA));
    while (s3.calls(PutObjectRequest.class) == 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }

    long began = System.nanoTime();
    runtime.stop();
    Throwable ended = catchThrowable(() -> put.get(10, TimeUnit.SECONDS));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(ended).hasCauseInstanceOf(StoppedException.class);
  }

  @Test
  void a_bucket_that_is_not_there_is_named_before_anything_is_written() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> open(bucket("no-such-bucket")))
        .withMessageContaining("no bucket no-such-bucket")
        .matches(e -> e.advice().isPresent());
  }

  @Test
  void a_service_that_is_not_there_is_named_with_the_variable_to_look_at() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> open((StoreUri.S3) StoreUri.parse("s3:http://127.0.0.1:1/" + BUCKET)))
        .withMessageContaining("127.0.0.1")
        .matches(e -> e.advice().orElse("").contains("CLOUDSTIC_S3_ENDPOINT"));
  }

  @Test
  void missing_credentials_are_named_with_the_variables_to_set() {
    System.clearProperty("aws.accessKeyId");
    System.setProperty("aws.disableEc2Metadata", "true");
    try {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> open(bucket(BUCKET)))
          .withMessageContaining("no credentials")
          .matches(e -> e.advice().orElse("").contains("AWS_ACCESS_KEY_ID"));
    } finally {
      System.setProperty("aws.accessKeyId", S3TestServer.ID);
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  @Test
  void a_wrong_secret_is_named_and_not_shown() {
    System.setProperty("aws.secretAccessKey", "hunter2hunter2");
    try {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> open(bucket(BUCKET)))
          .withMessageContaining("403 SignatureDoesNotMatch")
          .withMessageNotContaining("hunter2")
          .matches(e -> e.advice().isPresent());
    } finally {
      System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    }
  }

  @Test
  void every_put_carries_a_checksum_that_the_service_confirms() throws Exception {
    List<Headers> puts = new CopyOnWriteArrayList<>();
    HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    service.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          puts.add(call.getRequestHeaders());
          call.getResponseHeaders().set("ETag", "\"1\"");
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    service.start();
    try {
      StoreUri.S3 uri =
          (StoreUri.S3)
              StoreUri.parse("s3:http://127.0.0.1:" + service.getAddress().getPort() + "/bucket");
      put(uri, "when-supported");
      put(uri, "when-required");
    } finally {
      service.stop(0);
    }

    assertThat(puts).hasSize(2);
    assertThat(puts.get(0).getFirst("x-amz-trailer")).startsWith("x-amz-checksum-crc32");
    assertThat(puts.get(1).getFirst("Content-MD5")).isEqualTo("DuBkbBx32BMcyPTuZcdnOw==");
    assertThat(puts.get(1)).doesNotContainKey("X-amz-trailer");
  }

  private void put(StoreUri.S3 uri, String checksums) {
    Properties properties = ApplicationProperties.load(null, null);
    properties.setProperty("cloudstic.s3.checksums", checksums);
    try (CamelRuntime other =
        CamelRuntime.builder(RouteFiles.find(Map.of(), null), properties)
            .store(uri, Map.of())
            .start()) {
      new RouteStore(other.context()).put("data/ab/abcd", DATA);
    }
  }

  private static ObjectStore open(StoreUri.S3 uri) {
    CamelRuntime other =
        CamelRuntime.builder(
                RouteFiles.find(Map.of(), null), ApplicationProperties.load(null, null))
            .store(uri, Map.of())
            .start();
    try {
      return other.store();
    } catch (RuntimeException e) {
      other.stop();
      throw e;
    }
  }

  private static ResponseInputStream<GetObjectResponse> brokenOff(
      ResponseInputStream<GetObjectResponse> whole) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new SocketException("Connection reset");
          }
        };
    return replaced(
        whole, new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2}), broken));
  }

  private static ResponseInputStream<GetObjectResponse> endedEarly(
      ResponseInputStream<GetObjectResponse> whole) {
    return replaced(whole, new ByteArrayInputStream(new byte[] {1, 2, 3}));
  }

  private static ResponseInputStream<GetObjectResponse> replaced(
      ResponseInputStream<GetObjectResponse> whole, InputStream content) {
    whole.abort();
    return new ResponseInputStream<>(whole.response(), AbortableInputStream.create(content));
  }
}
