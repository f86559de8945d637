package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The token's JSON")
class TokenFormatTest {
  private static Token decode(String json) throws TokenFormat.Damaged {
    return TokenFormat.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("of Go's oauth2 package is read")
  void go() throws Exception {
    Token token =
        decode(
            """
            {"access_token":"EwA","token_type":"Bearer","refresh_token":"M.C5",\
            "expiry":"2026-11-22T10:00:00.123456789+01:00"}""");
    assertThat(token.accessToken()).isEqualTo("EwA");
    assertThat(token.refreshToken()).isEqualTo("M.C5");
    assertThat(token.expiry()).isEqualTo(Instant.parse("2026-11-22T09:00:00.123456789Z"));
  }

  @ParameterizedTest
  @DisplayName("has an expiry with any fraction and offset")
  @CsvSource({
    "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.5Z, 2026-11-22T10:00:00.500Z",
    "2026-11-22T10:00:00.1234567891234Z, 2026-11-22T10:00:00.123456789Z",
    "2026-11-22T10:00:00-08:00, 2026-11-22T18:00:00Z",
    "2026-11-22T10:00:00+05:45, 2026-11-22T04:15:00Z",
    "2026-11-22t10:00:00z, 2026-11-22T10:00:00Z",
    "1765000000, 1970-01-01T00:00:00Z",
    "tomorrow, 1970-01-01T00:00:00Z"
  })
  void expiry(String written, Instant meant) throws Exception {
    assertThat(decode("{\"access_token\":\"a\",\"expiry\":\"" + written + "\"}").expiry())
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @DisplayName("does not end when the expiry is Go's zero time, null or missing")
  @ValueSource(
      strings = {
        "{\"access_token\":\"a\",\"expiry\":\"0001-01-01T00:00:00Z\"}",
        "{\"access_token\":\"a\",\"expiry\":null}",
        "{\"access_token\":\"a\"}"
      })
  void neverEnds(String json) throws Exception {
    Token token = decode(json);
    assertThat(token.expiry()).isNull();
    assertThat(token.isGood(Instant.MAX.minus(Duration.ofDays(1)), Duration.ofMinutes(5))).isTrue();
  }

  @Test
  @DisplayName("keeps fields that are not ours, and the zero time")
  void unknownFields() throws Exception {
    byte[] previous =
        "{\"x\":{\"y\":[1,null]},\"access_token\":\"a\",\"refresh_token\":\"b\",\"z\":1e400}"
            .getBytes(StandardCharsets.UTF_8);
    JsonNode json =
        new ObjectMapper()
            .readTree(TokenFormat.encode(new Token("c", "Bearer", "d", null), previous));
    assertThat(json.at("/x/y").toString()).isEqualTo("[1,null]");
    assertThat(json.has("z")).isTrue();
    assertThat(json.at("/access_token").asText()).isEqualTo("c");
    assertThat(json.at("/refresh_token").asText()).isEqualTo("d");
    assertThat(json.at("/token_type").asText()).isEqualTo("Bearer");
    assertThat(json.at("/expiry").asText()).isEqualTo("0001-01-01T00:00:00Z");
  }

  @Test
  @DisplayName("replaces content that is damaged")
  void replacesDamage() throws Exception {
    byte[] json =
        TokenFormat.encode(
            new Token("c", "Bearer", null, Instant.parse("2026-11-22T09:00:00.5Z")),
            "{\"acc".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"access_token\":\"c\",\"token_type\":\"Bearer\",\"expiry\":\"2026-11-22T09:00:00.500Z\"}");
  }

  @ParameterizedTest
  @DisplayName("is refused when damaged, without quoting it")
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "[]",
        "TOPSECRET",
        "{\"access_token\":\"TOPSECRET\"",
        "{\"access_token\":\"TOPSECRET\"} TOPSECRET",
        "{\"access_token\":TOPSECRET}",
        "{\"access_token\":[\"TOPSECRET\"]}",
        "{\"access_token\":\"\",\"refresh_token\":\"\"}",
        "{}"
      })
  void damaged(String json) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(TokenFormat.Damaged.class)
        .hasMessageStartingWith("it")
        .hasNoCause()
        .message()
        .doesNotContain("TOPSECRET");
  }

  @Test
  @DisplayName("is not shown by toString")
  void hidden() throws Exception {
    assertThat(decode("{\"access_token\":\"AAA\",\"refresh_token\":\"RRR\"}").toString())
        .doesNotContain("AAA", "RRR");
  }
}
