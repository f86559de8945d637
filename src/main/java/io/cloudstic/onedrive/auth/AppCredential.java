package io.cloudstic.onedrive.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;

/** How an app proves who it is: by its secret, or by signing with its certificate's key. */
final class AppCredential {
  private AppCredential() {}

  /**
   * The client that the settings describe; they are app-only.
   *
   * @param timeThere what time it is where an assertion is judged
   */
  static TokenEndpoint.Client of(
      SignInSettings settings, SecureRandom random, Supplier<Instant> timeThere) {
    ClientID id = new ClientID(settings.requireClientId());
    URI endpoint = settings.tokenEndpoint();
    if (settings.clientSecret() != null) {
      String secret = settings.clientSecret().reveal();
      ClientAuthentication proof =
          new ClientSecretPost(id, new com.nimbusds.oauth2.sdk.auth.Secret(secret));
      return grant -> new TokenRequest.Builder(endpoint, proof, grant);
    }
    AppCertificate certificate =
        AppCertificate.read(settings.clientCertificate(), password(settings));
    // RFC 7521 lets a client leave its id out beside an assertion; Entra ID wants it.
    return grant ->
        new TokenRequest.Builder(
                endpoint, assertion(id, endpoint, certificate, random, timeThere.get()), grant)
            .customParameter("client_id", id.getValue());
  }

  private static char[] password(SignInSettings settings) {
    Secret password = settings.clientCertificatePassword();
    return password == null ? new char[0] : password.reveal().toCharArray();
  }

  /**
   * A fresh assertion (RFC 7523), in the form that Microsoft's "Application authentication
   * certificate credentials" asks for: PS256, and the certificate's SHA-256 in the header.
   */
  private static ClientAuthentication assertion(
      ClientID id, URI endpoint, AppCertificate identity, SecureRandom random, Instant now) {
    try {
      byte[] thumbprint =
          MessageDigest.getInstance("SHA-256").digest(identity.certificate().getEncoded());
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.PS256)
              .type(JOSEObjectType.JWT)
              .x509CertSHA256Thumbprint(Base64URL.encode(thumbprint))
              .build();
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder()
              .issuer(id.getValue())
              .subject(id.getValue())
              .audience(endpoint.toString())
              .jwtID(RandomText.next(random))
              .issueTime(Date.from(now))
              .notBeforeTime(Date.from(now))
              .expirationTime(Date.from(now.plus(SignInLimits.ASSERTION_LIFETIME)))
              .build();
      SignedJWT assertion = new SignedJWT(header, claims);
      assertion.sign(new RSASSASigner(identity.key()));
      return new PrivateKeyJWT(assertion);
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("a readable RSA key signs", e);
    }
  }
}
