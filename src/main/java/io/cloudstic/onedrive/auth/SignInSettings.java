package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where and as what to sign in; checked, so that whoever has one may use its URLs. Its {@code
 * toString} holds no secret.
 *
 * @param cloud decides what the registration steps say
 * @param clientId the application (client) id, or empty when nobody has set one
 * @param clientIdSource where the client id was found
 * @param tenant an organisation's id or domain, or {@code common}, {@code organizations}, {@code
 *     consumers}
 * @param authorityUrl the sign-in service, without the tenant and without a slash at the end
 * @param graphUrl Graph with its version, without a slash at the end
 * @param tokenFile where the token is kept
 * @param scopes what is asked for when a person signs in; {@code offline_access} is among them,
 *     because without it there is no refresh token
 * @param clientSecret of an app-only sign-in, or null
 * @param clientCertificate a PEM or PFX file with certificate and private key, of an app-only
 *     sign-in, or null
 * @param clientCertificatePassword opens that PFX file; null when it has none
 */
public record SignInSettings(
    Cloud cloud,
    Optional<String> clientId,
    ClientIdSource clientIdSource,
    String tenant,
    URI authorityUrl,
    URI graphUrl,
    Path tokenFile,
    List<String> scopes,
    Secret clientSecret,
    Path clientCertificate,
    Secret clientCertificatePassword) {

  /** Where a client id comes from. */
  public enum ClientIdSource {
    /** The variable {@code ONEDRIVE_CLIENT_ID}. */
    ENVIRONMENT("ONEDRIVE_CLIENT_ID"),
    /** {@code application.properties}, filled by whoever published the build. */
    BUILT_IN("onedrive.client-id in application.properties"),
    /** Nowhere. */
    UNSET("not set");

    private final String words;

    ClientIdSource(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Whether the program signs in as itself, without a person. */
  public boolean appOnly() {
    return clientSecret != null || clientCertificate != null;
  }

  /**
   * The client id.
   *
   * @throws UsageException with the steps to get one, when there is none
   */
  public String requireClientId() {
    return clientId.orElseThrow(() -> AppRegistration.missing(cloud));
  }

  /** Which URLs may be used for what, given this Graph. */
  public TrustedHosts trustedHosts() {
    return new TrustedHosts(graphUrl);
  }

  /** The same with the right to change files, wherever there was the right to read them. */
  public SignInSettings writing() {
    List<String> writing =
        scopes.stream()
            .map(scope -> scope.replaceFirst("Files\\.Read(?=\\.|$)", "Files.ReadWrite"))
            .toList();
    return new SignInSettings(
        cloud,
        clientId,
        clientIdSource,
        tenant,
        authorityUrl,
        graphUrl,
        tokenFile,
        writing,
        clientSecret,
        clientCertificate,
        clientCertificatePassword);
  }

  /** Where a browser is sent. */
  URI authorizeEndpoint() {
    return endpoint("authorize");
  }

  /** Where tokens come from. */
  URI tokenEndpoint() {
    return endpoint("token");
  }

  /** Where a sign-in without a browser begins. */
  URI deviceCodeEndpoint() {
    return endpoint("devicecode");
  }

  private URI endpoint(String name) {
    return URI.create(authorityUrl + "/" + tenant + "/oauth2/v2.0/" + name);
  }
}
