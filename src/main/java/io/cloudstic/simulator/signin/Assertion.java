package io.cloudstic.simulator.signin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges the signed assertion by which an application shows that it has its certificate's key:
 * everything but the signature, because no certificate is registered here.
 */
final class Assertion {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** By how much clocks may differ. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final SignInSettings settings;

  Assertion(SignInSettings settings) {
    this.settings = settings;
  }

  /** Refuses what is wrong with the assertion in this form, sent to this tenant. */
  void check(Map<String, String> form, String tenant) {
    if (!TYPE.equals(form.get("client_assertion_type"))) {
      throw refused(90023, "The value of client_assertion_type is not supported.");
    }
    try {
      SignedJWT assertion = SignedJWT.parse(form.get("client_assertion"));
      boolean known =
          Set.of(JWSAlgorithm.PS256, JWSAlgorithm.RS256)
              .contains(assertion.getHeader().getAlgorithm());
      if (!known || assertion.getHeader().getX509CertSHA256Thumbprint() == null) {
        throw refused(700027, "The certificate with identifier used to sign is not registered.");
      }
      check(assertion.getJWTClaimsSet(), form.get("client_id"), tenant);
    } catch (ParseException e) {
      throw refused(50027, "JWT token is invalid or malformed.");
    }
  }

  private void check(JWTClaimsSet claims, String clientId, String tenant) {
    String audience = settings.url() + "/" + tenant + "/oauth2/v2.0/token";
    if (!clientId.equals(claims.getIssuer())
        || !clientId.equals(claims.getSubject())
        || !List.of(audience).equals(claims.getAudience())) {
      throw refused(700023, "Client assertion audience, issuer or subject does not match.");
    }
    Instant now = settings.clock().instant();
    Date begins = claims.getNotBeforeTime();
    Date ends = claims.getExpirationTime();
    boolean early = begins != null && now.plus(TOLERANCE).isBefore(begins.toInstant());
    boolean late = ends == null || now.minus(TOLERANCE).isAfter(ends.toInstant());
    if (early || late) {
      throw refused(700024, "Client assertion is not within its valid time range.");
    }
  }

  private static SignInError.Refused refused(int number, String message) {
    return new SignInError("invalid_client", number, message).refused();
  }
}
