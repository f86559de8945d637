package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate and RSA private key of an app, from one PEM file ({@code
 * ONEDRIVE_CLIENT_CERTIFICATE}).
 *
 * @param certificate the one that was uploaded to the app's registration
 * @param key its private key; never shown
 */
record PemIdentity(X509Certificate certificate, RSAPrivateKey key) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final long LONGEST_FILE = 256 * 1024;
  private static final String HOW =
      "the file holds a certificate (BEGIN CERTIFICATE) and an RSA key (BEGIN PRIVATE KEY, not"
          + " encrypted); make one with: openssl req -x509 -newkey rsa:2048 -nodes -days 365"
          + " -subj /CN=cloudstic -keyout key.pem -out cert.pem && cat key.pem cert.pem > app.pem";

  /**
   * Reads the file.
   *
   * @throws UsageException when it holds something else
   */
  static PemIdentity read(Path file) {
    byte[] certificate = null;
    byte[] key = null;
    Matcher block = BLOCK.matcher(text(file));
    try {
      while (block.find()) {
        if (block.group(1).equals("CERTIFICATE") && certificate == null) {
          certificate = Base64.getMimeDecoder().decode(block.group(2));
        } else if (block.group(1).equals("PRIVATE KEY") && key == null) {
          key = Base64.getMimeDecoder().decode(block.group(2));
        }
      }
      if (certificate == null || key == null) {
        throw wrong(file, "has no " + (key == null ? "private key" : "certificate"));
      }
      return new PemIdentity(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate)),
          (RSAPrivateKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // No cause: it might quote the key.
      throw wrong(file, "cannot be decoded");
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw wrong(file, "is far too long");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UsageException(
          "ONEDRIVE_CLIENT_CERTIFICATE: cannot read " + file + ": " + e.getClass().getSimpleName(),
          HOW,
          e);
    }
  }

  private static UsageException wrong(Path file, String what) {
    return new UsageException("ONEDRIVE_CLIENT_CERTIFICATE: " + file + " " + what, HOW);
  }

  @Override
  public String toString() {
    return "PemIdentity[" + certificate.getSubjectX500Principal() + "]";
  }
}
