package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;

/**
 * The certificate and RSA private key of an app, from one PEM or PFX (PKCS #12) file ({@code
 * ONEDRIVE_CLIENT_CERTIFICATE}).
 *
 * @param certificate the one that was uploaded to the app's registration
 * @param key its private key; never shown
 */
record AppCertificate(X509Certificate certificate, RSAPrivateKey key) {
  private static final long LONGEST_FILE = 256 * 1024;

  /** PKCS #12 is DER, which begins with a sequence; PEM is text. */
  private static final int SEQUENCE = 0x30;

  private static final String HOW =
      "the file holds a certificate (BEGIN CERTIFICATE) and an RSA key (BEGIN PRIVATE KEY, not"
          + " encrypted), or is a .pfx file whose password, if it has one, is in"
          + " ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD; make one with: openssl req -x509 -newkey"
          + " rsa:2048 -nodes -days 365 -subj /CN=cloudstic -keyout key.pem -out cert.pem && cat"
          + " key.pem cert.pem > app.pem";

  /** Why a file is no certificate with its key; the message shows nothing of it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /**
   * Reads the file.
   *
   * @param password of a PFX file, empty when it has none
   * @throws UsageException when it holds something else
   */
  static AppCertificate read(Path file, char[] password) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new Unusable("is far too long");
      }
      byte[] content = Files.readAllBytes(file);
      return content.length > 0 && content[0] == SEQUENCE
          ? PfxFile.decode(content, password)
          : PemFile.decode(content);
    } catch (Unusable e) {
      throw wrong(file, e.getMessage());
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      // No cause: it might quote the key.
      throw wrong(file, "cannot be decoded");
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
    return "AppCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
