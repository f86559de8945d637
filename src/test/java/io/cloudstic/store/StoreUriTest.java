package io.cloudstic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.failure.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How users name a store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreUriTest {
  @ParameterizedTest
  @CsvSource({
    "local:/backup, /backup",
    "local:./backup_store, ./backup_store",
    "local:a:b, a:b",
    "/srv/restic-repo, /srv/restic-repo",
    "../repo, ../repo",
  })
  void a_directory(String text, String path) {
    assertThat(StoreUri.parse(text)).isEqualTo(new StoreUri.Local(Path.of(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "s3:bucket, bucket, '', , ",
    "s3:bucket/, bucket, '', , ",
    "s3:my.bucket/some/prefix/, my.bucket, some/prefix, , ",
    "s3://bucket/prefix, bucket, prefix, , ",
    "s3:s3.amazonaws.com/bucket/p, bucket, p, , ",
    "s3:s3.eu-west-1.amazonaws.com/bucket, bucket, '', , eu-west-1",
    "s3:https://s3.eu-central-1.amazonaws.com/bucket/p, bucket, p, , eu-central-1",
    "s3:http://localhost:9000/bucket/a/b, bucket, a/b, http://localhost:9000, ",
    "s3:https://minio.example.com/bucket, bucket, '', https://minio.example.com, ",
    "s3:minio.example.com:9000/bucket/p, bucket, p, https://minio.example.com:9000, ",
    "s3:http://localhost:9000/bucket/a%20b+%25, bucket, a b+%, http://localhost:9000, ",
    "s3:minio.example.com:9000/bucket/a%20b, bucket, a%20b, https://minio.example.com:9000, ",
  })
  void a_bucket(String text, String bucket, String prefix, String endpoint, String region) {
    assertThat(StoreUri.parse(text))
        .isEqualTo(
            new StoreUri.S3(
                bucket,
                prefix,
                Optional.ofNullable(endpoint).map(URI::create),
                Optional.ofNullable(region)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3:one/50% of", "s3:http://h:1/one/50%25 of", "s3:h.example:1/one/a%20b"})
  void a_bucket_s_name_can_be_read_again(String text) {
    StoreUri store = StoreUri.parse(text);

    assertThat(StoreUri.parse(store.text())).isEqualTo(store);
  }

  @Test
  void routes_of_one_s_own() {
    assertThat(StoreUri.parse("route:my-store")).isEqualTo(new StoreUri.Route("my-store"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "local:",
        "s3:",
        "s3:/",
        "s3:/bucket",
        "s3:b/../c",
        "s3:b/a//c",
        "s3:b/${x}",
        "s3:https://host",
        "s3:https://host/",
        "s3:https://host/bucket/50%",
        "s3:bu cket",
        "route:",
        "route:a/b",
        "sftp:host:/x",
        "backup"
      })
  void what_is_no_store_is_refused_with_how_to_write_one(String text) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> StoreUri.parse(text))
        .matches(e -> e.advice().orElse("").contains("s3:BUCKET"));
  }

  @Test
  void credentials_in_a_host_are_refused_and_not_repeated() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> StoreUri.parse("s3:https://me:hunter2@host/bucket"))
        .withMessageNotContaining("hunter2");
  }

  @Test
  void the_environment_names_a_store_in_one_variable_or_in_a_pair() {
    assertThat(StoreUri.fromEnvironment(Map.of())).isEmpty();
    assertThat(StoreUri.fromEnvironment(Map.of("CLOUDSTIC_STORE", ""))).isEmpty();
    assertThat(StoreUri.fromEnvironment(Map.of("CLOUDSTIC_STORE", "s3:bkt/p")))
        .contains(StoreUri.parse("s3:bkt/p"));
    assertThat(
            StoreUri.fromEnvironment(
                Map.of("CLOUDSTIC_STORE", "local", "CLOUDSTIC_STORE_PATH", "/backup")))
        .contains(StoreUri.parse("local:/backup"));
    assertThat(
            StoreUri.fromEnvironment(
                Map.of(
                    "CLOUDSTIC_STORE", "s3",
                    "CLOUDSTIC_STORE_PATH", "bkt",
                    "CLOUDSTIC_STORE_PREFIX", "p/q")))
        .contains(StoreUri.parse("s3:bkt/p/q"));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> StoreUri.fromEnvironment(Map.of("CLOUDSTIC_STORE", "s3")))
        .withMessageContaining("CLOUDSTIC_STORE_PATH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local:/backup", "s3:bucket/p", "s3:http://localhost:9000/bucket/p", "route:mine"})
  void a_store_s_text_names_it_again(String text) {
    assertThat(StoreUri.parse(text).text()).isEqualTo(text);
    assertThat(StoreUri.parse(StoreUri.parse(text).text())).isEqualTo(StoreUri.parse(text));
  }
}
