package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Advice on a refused sign-in")
class SignInAdviceTest {
  private static CloudsticException failure(String body, String... secrets) {
    return SignInAdvice.failure(
        "the sign-in", EntraError.parse(body).orElseThrow(), List.of(secrets));
  }

  private static String body(String error, int number) {
    return """
        {"error":"%s","error_codes":[%d],"error_description":"AADSTS%d: Some text.\\r\\nTrace ID: t\\r\\nCorrelation ID: c",\
        "correlation_id":"c-1","trace_id":"t-1","timestamp":"2026-11-22 10:00:00Z"}"""
        .formatted(error, number, number);
  }

  @ParameterizedTest(name = "{0} {1} exits {2} and says: {3}")
  @DisplayName("follows the number")
  @CsvSource({
    "invalid_grant, 70000, 13, sign in again",
    "invalid_grant, 70008, 13, sign in again",
    "invalid_grant, 700082, 13, 90 days",
    "invalid_grant, 50173, 13, password was changed",
    "invalid_grant, 50132, 13, password was changed",
    "invalid_grant, 50133, 13, password was changed",
    "interaction_required, 50072, 13, second factor",
    "invalid_grant, 50074, 13, second factor",
    "invalid_grant, 50076, 13, second factor",
    "interaction_required, 50078, 13, second factor",
    "interaction_required, 50079, 13, second factor",
    "interaction_required, 50097, 13, administrator",
    "invalid_grant, 50129, 13, administrator",
    "invalid_grant, 50131, 13, administrator",
    "invalid_grant, 53000, 13, administrator",
    "invalid_grant, 53001, 13, administrator",
    "invalid_grant, 53002, 13, administrator",
    "access_denied, 53003, 13, conditional-access",
    "invalid_grant, 65001, 13, accept",
    "access_denied, 65004, 13, declined",
    "invalid_grant, 90094, 13, administrator has to consent",
    "invalid_grant, 65005, 13, lacks a permission",
    "invalid_request, 50011, 2, http://localhost",
    "invalid_request, 50020, 2, ONEDRIVE_TENANT",
    "invalid_grant, 50034, 13, no such user",
    "invalid_grant, 50053, 13, locked",
    "invalid_grant, 50055, 13, password has expired",
    "invalid_grant, 50144, 13, password has expired",
    "invalid_grant, 50057, 13, disabled",
    "invalid_grant, 50058, 13, took too long",
    "invalid_grant, 50089, 13, took too long",
    "invalid_grant, 50105, 13, not assigned",
    "invalid_request, 50194, 2, ONEDRIVE_TENANT",
    "invalid_request, 9002331, 2, consumers",
    "invalid_request, 9002346, 2, consumers",
    "invalid_grant, 50196, 1, wait some minutes",
    "invalid_resource, 500011, 2, CLOUDSTIC_CLOUD",
    "invalid_scope, 70011, 2, onedrive.scopes",
    "invalid_grant, 501481, 13, another sign-in",
    "invalid_grant, 54005, 13, another sign-in",
    "unauthorized_client, 700016, 2, ONEDRIVE_CLIENT_ID",
    "invalid_client, 7000215, 2, ONEDRIVE_CLIENT_SECRET is wrong",
    "invalid_client, 7000222, 2, ONEDRIVE_CLIENT_SECRET has expired",
    "invalid_client, 7000218, 2, Allow public client flows",
    "invalid_client, 700025, 2, public client"
  })
  void byNumber(String error, int number, int exitCode, String advice) {
    CloudsticException failure = failure(body(error, number));
    assertThat(failure.exitCode().code()).isEqualTo(exitCode);
    assertThat(failure.advice().orElseThrow()).contains(advice);
    assertThat(failure)
        .hasMessageContaining("AADSTS" + number)
        .hasMessageContaining("correlation id c-1")
        .hasMessageContaining("trace id t-1")
        .hasMessageContaining("Some text.");
    assertThat(failure.getMessage()).doesNotContain("Trace ID:");
  }

  @ParameterizedTest(name = "{0} exits {1} and says: {2}")
  @DisplayName("follows the error where the number is unknown")
  @CsvSource({
    "invalid_grant, 13, cloudstic auth login",
    "interaction_required, 13, cloudstic auth login",
    "consent_required, 13, accept",
    "access_denied, 13, declined",
    "authorization_declined, 13, declined",
    "expired_token, 13, not entered in time",
    "bad_verification_code, 13, cloudstic auth login",
    "unauthorized_client, 2, ONEDRIVE_CLIENT_ID",
    "invalid_client, 2, ONEDRIVE_CLIENT_ID",
    "invalid_scope, 2, onedrive.scopes",
    "unsupported_grant_type, 2, registration",
    "invalid_request, 2, registration",
    "temporarily_unavailable, 1, later",
    "something_new, 1, later"
  })
  void byError(String error, int exitCode, String advice) {
    CloudsticException failure = failure(body(error, 99999999));
    assertThat(failure.exitCode().code()).isEqualTo(exitCode);
    assertThat(failure.advice().orElseThrow()).contains(advice);
    assertThat(failure).hasMessageContaining("AADSTS99999999");
  }

  @Test
  @DisplayName("finds the number in the text when there is no list")
  void numberInText() {
    assertThat(
            failure(
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50173: Revoked.\"}"))
        .hasMessageContaining("(AADSTS50173): Revoked.")
        .satisfies(e -> assertThat(e.advice().orElseThrow()).contains("password was changed"));
  }

  @Test
  @DisplayName("takes the first number that it knows")
  void firstKnown() {
    assertThat(
            failure("{\"error\":\"invalid_grant\",\"error_codes\":[123456, 65001]}")
                .advice()
                .orElseThrow())
        .contains("accept");
  }

  @Test
  @DisplayName("shows neither what was sent nor terminal escapes, and not too much")
  void nothingSecret() {
    CloudsticException failure =
        failure(
            "{\"error\":\"invalid_grant\",\"error_description\":\"The token SECRET-TOKEN is"
                + " \\u001b[31mbad\\u202e "
                + "x".repeat(5000)
                + "\"}",
            "SECRET-TOKEN",
            "");
    assertThat(failure.getMessage())
        .doesNotContain("SECRET-TOKEN", "\u001b", "\u202e")
        .contains("[secret]")
        .hasSizeLessThan(500);
  }

  @Test
  @DisplayName("is not given on bodies that are no OAuth error")
  void noError() {
    assertThat(EntraError.parse("<html>")).isEmpty();
    assertThat(EntraError.parse("")).isEmpty();
    assertThat(EntraError.parse(null)).isEmpty();
    assertThat(EntraError.parse("[1]")).isEmpty();
    assertThat(EntraError.parse("{\"error\":{\"code\":\"x\"}}")).isEmpty();
  }

  @Test
  @DisplayName("knows what may pass by itself")
  void mayPass() {
    assertThat(SignInAdvice.mayPass(EntraError.ofRedirect("server_error", ""))).isTrue();
    assertThat(SignInAdvice.mayPass(EntraError.ofRedirect("temporarily_unavailable", ""))).isTrue();
    assertThat(SignInAdvice.mayPass(EntraError.ofRedirect("invalid_grant", ""))).isFalse();
    assertThat(failure(body("invalid_grant", 70000)).exitCode()).isEqualTo(ExitCode.SIGN_IN_NEEDED);
  }
}
