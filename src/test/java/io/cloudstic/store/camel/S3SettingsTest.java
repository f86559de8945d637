package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Where the settings of an S3 store come from. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class S3SettingsTest {
  private static final StoreUri.S3 BUCKET = (StoreUri.S3) StoreUri.parse("s3:bucket/some/prefix");

  @Test
  void the_defaults_are_those_of_the_file_that_ships() {
    Properties shipped = ApplicationProperties.load(null, null);
    S3Settings expected =
        new S3Settings(
            "bucket",
            "some/prefix/",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            32,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    assertThat(S3Settings.of(BUCKET, Map.of(), shipped::getProperty)).isEqualTo(expected);
    assertThat(S3Settings.of(BUCKET, Map.of(), key -> null)).isEqualTo(expected);
  }

  @Test
  void the_environment_names_endpoint_region_and_profile_and_an_endpoint_means_path_style() {
    S3Settings settings =
        S3Settings.of(
            BUCKET,
            Map.of(
                "CLOUDSTIC_S3_ENDPOINT", "minio.example.com:9000",
                "CLOUDSTIC_S3_REGION", "eu-north-1",
                "CLOUDSTIC_S3_PROFILE", "backup"),
            key -> "");

    assertThat(settings.endpoint()).contains(URI.create("https://minio.example.com:9000"));
    assertThat(settings.region()).contains("eu-north-1");
    assertThat(settings.profile()).contains("backup");
    assertThat(settings.pathStyle()).isTrue();
  }

  @Test
  void what_the_store_s_name_says_comes_before_the_environment() {
    StoreUri.S3 named = (StoreUri.S3) StoreUri.parse("s3:http://localhost:9000/bucket");
    Map<String, String> environment = Map.of("CLOUDSTIC_S3_ENDPOINT", "https://other.example.com");

    assertThat(S3Settings.of(named, environment, key -> null).endpoint())
        .contains(URI.create("http://localhost:9000"));
  }

  @Test
  void path_style_may_be_said() {
    Map<String, String> environment = Map.of("CLOUDSTIC_S3_ENDPOINT", "https://other.example.com");

    assertThat(S3Settings.of(BUCKET, environment, only("cloudstic.s3.path-style", "false")))
        .matches(settings -> !settings.pathStyle());
    assertThat(S3Settings.of(BUCKET, Map.of(), only("cloudstic.s3.path-style", "true")))
        .matches(S3Settings::pathStyle);
  }

  @Test
  void a_wrong_value_is_named_with_its_key() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> S3Settings.of(BUCKET, Map.of(), only("cloudstic.s3.checksums", "never")))
        .withMessageContaining("cloudstic.s3.checksums")
        .matches(e -> e.advice().orElse("").contains("when-required"));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> S3Settings.of(BUCKET, Map.of(), only("cloudstic.s3.connections", "0")))
        .withMessageContaining("cloudstic.s3.connections");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () -> S3Settings.of(BUCKET, Map.of("CLOUDSTIC_S3_ENDPOINT", "ftp//x y"), key -> null))
        .withMessageContaining("CLOUDSTIC_S3_ENDPOINT");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () -> S3Settings.of(BUCKET, Map.of("CLOUDSTIC_S3_ENDPOINT", "ftp://host"), key -> null))
        .withMessageContaining("CLOUDSTIC_S3_ENDPOINT");
  }

  private static java.util.function.Function<String, String> only(String key, String value) {
    return asked -> asked.equals(key) ? value : null;
  }
}
