package io.cloudstic.onedrive.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** A certificate and a private key as text, in either order (RFC 7468). */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemFile() {}

  /** The first key in it and the first certificate, which is the app's own in a chain. */
  static AppCertificate decode(byte[] content)
      throws GeneralSecurityException, IOException, AppCertificate.Unusable {
    byte[] certificate = null;
    byte[] key = null;
    Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      switch (block.group(1)) {
        case "CERTIFICATE" -> certificate = certificate != null ? certificate : bytes(block);
        case "PRIVATE KEY" -> key = key != null ? key : bytes(block);
        case "RSA PRIVATE KEY" -> key = key != null ? key : wrapped(block);
        case "ENCRYPTED PRIVATE KEY" ->
            throw new AppCertificate.Unusable(
                "has an encrypted key, which only a .pfx file may have");
        default -> {}
      }
    }
    if (certificate == null || key == null) {
      throw new AppCertificate.Unusable("has no " + (key == null ? "private key" : "certificate"));
    }
    return new AppCertificate(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate)),
        (RSAPrivateKey)
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
  }

  private static byte[] bytes(Matcher block) {
    return Base64.getMimeDecoder().decode(block.group(2));
  }

  /** The older form of OpenSSL, PKCS #1, in the one that Java knows, PKCS #8. */
  private static byte[] wrapped(Matcher block) throws IOException, AppCertificate.Unusable {
    if (block.group(2).contains(":")) {
      throw new AppCertificate.Unusable("has an encrypted key, which only a .pfx file may have");
    }
    return new PrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
            ASN1Primitive.fromByteArray(bytes(block)))
        .getEncoded();
  }
}
