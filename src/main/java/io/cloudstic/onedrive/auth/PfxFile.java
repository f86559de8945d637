package io.cloudstic.onedrive.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Collections;

/** The form in which Windows and Azure Key Vault export a certificate with its key: PKCS #12. */
final class PfxFile {
  private PfxFile() {}

  /** The first private key in it, with its certificate. */
  static AppCertificate decode(byte[] content, char[] password)
      throws GeneralSecurityException, AppCertificate.Unusable {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(content), password);
    } catch (IOException e) {
      throw new AppCertificate.Unusable(
          "does not open: ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD is not its password, or the file is"
              + " damaged");
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return new AppCertificate(
            (X509Certificate) store.getCertificate(alias),
            (RSAPrivateKey) store.getKey(alias, password));
      }
    }
    throw new AppCertificate.Unusable("has no private key");
  }
}
