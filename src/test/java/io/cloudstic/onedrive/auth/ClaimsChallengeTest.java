package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A claims challenge")
class ClaimsChallengeTest {
  /** From Microsoft's "Claims challenges, claims requests, and client capabilities". */
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  private static String header(String claims) {
    return "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/"
        + "authorize\", error=\"insufficient_claims\", claims=\""
        + claims
        + "\", cc_type=\"authcontext\"";
  }

  @Test
  @DisplayName("is read in either alphabet of base64, with padding and without")
  void read() {
    byte[] odd = "{\"a\":\"ÿþ?>~\"}".getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {
          Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding()
        }) {
      assertThat(
              ClaimsChallenge.parse(
                  header(encoder.encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8)))))
          .contains(CLAIMS);
      assertThat(ClaimsChallenge.parse(header(encoder.encodeToString(odd)))).isPresent();
    }
  }

  @Test
  @DisplayName("is none when there is nothing to understand")
  void none() {
    assertThat(ClaimsChallenge.parse(null)).isEmpty();
    assertThat(ClaimsChallenge.parse("Bearer realm=\"\"")).isEmpty();
    assertThat(ClaimsChallenge.parse(header("!"))).isEmpty();
    assertThat(ClaimsChallenge.parse(header("bm90IGpzb24="))).isEmpty();
    assertThat(ClaimsChallenge.parse(header("W10="))).as("an array").isEmpty();
    assertThat(ClaimsChallenge.parse(header("e30=" + "A".repeat(10_000)))).isEmpty();
  }
}
