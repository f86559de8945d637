package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.SignInSettings.ClientIdSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads {@link SignInSettings}: from the environment, then {@code application.properties}, then
 * defaults. An empty value counts as unset. Mistakes are {@link UsageException}s that name the
 * variable.
 */
public final class SignInSettingsReader {
  /** Sufficient for the own drive; others' drives need {@code Files.Read.All}. */
  static final String DEFAULT_SCOPES = "offline_access User.Read Files.Read";

  // A tenant becomes a segment of a path, a client id a parameter: neither has any other character.
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,253}");
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final UnaryOperator<String> environment;
  private final UnaryOperator<String> properties;

  /**
   * Reads from these, each of which gives null or an empty text for what is not set.
   *
   * @param environment by the names of variables
   * @param properties by the keys of {@code application.properties}
   */
  public SignInSettingsReader(UnaryOperator<String> environment, UnaryOperator<String> properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /**
   * The settings.
   *
   * @param configDir where the token file is kept unless the user says otherwise
   * @throws UsageException when one is wrong
   */
  public SignInSettings read(Path configDir) {
    Cloud cloud = variable("CLOUDSTIC_CLOUD").map(Cloud::parse).orElse(Cloud.GLOBAL);
    URI graphUrl = variable("CLOUDSTIC_GRAPH_URL").map(this::graphUrl).orElse(cloud.graph());
    URI authorityUrl =
        variable("CLOUDSTIC_AUTHORITY_URL")
            .map(text -> authorityUrl(text, graphUrl))
            .orElse(cloud.authority());
    Optional<String> ownClientId = variable("ONEDRIVE_CLIENT_ID");
    Optional<String> clientId = ownClientId.or(() -> property("onedrive.client-id"));
    ClientIdSource source =
        ownClientId.isPresent()
            ? ClientIdSource.ENVIRONMENT
            : clientId.isPresent() ? ClientIdSource.BUILT_IN : ClientIdSource.UNSET;
    clientId.ifPresent(id -> check(CLIENT_ID, id, source.words(), "an application (client) id"));
    String tenant =
        variable("ONEDRIVE_TENANT").or(() -> property("onedrive.tenant")).orElse("common");
    check(TENANT, tenant, "ONEDRIVE_TENANT", "a tenant's id or domain, or common");
    Path tokenFile =
        path("ONEDRIVE_TOKEN_FILE").orElseGet(() -> configDir.resolve("onedrive_token.json"));
    SignInSettings settings =
        new SignInSettings(
            cloud,
            clientId,
            source,
            tenant,
            authorityUrl,
            graphUrl,
            tokenFile,
            scopes(property("onedrive.scopes").orElse(DEFAULT_SCOPES)),
            variable("ONEDRIVE_CLIENT_SECRET").map(Secret::new).orElse(null),
            path("ONEDRIVE_CLIENT_CERTIFICATE").orElse(null),
            variable("ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD").map(Secret::new).orElse(null));
    checkAppOnly(settings);
    return settings;
  }

  private static void checkAppOnly(SignInSettings settings) {
    if (settings.clientSecret() != null && settings.clientCertificate() != null) {
      throw new UsageException(
          "ONEDRIVE_CLIENT_SECRET and ONEDRIVE_CLIENT_CERTIFICATE are both set",
          "unset one of them");
    }
    if (settings.appOnly()
        && Set.of("common", "organizations", "consumers").contains(settings.tenant())) {
      throw new UsageException(
          "app-only sign-in needs a tenant of its own, and ONEDRIVE_TENANT is " + settings.tenant(),
          "set ONEDRIVE_TENANT to the organisation's tenant id or domain, or unset"
              + " ONEDRIVE_CLIENT_SECRET and ONEDRIVE_CLIENT_CERTIFICATE to sign in as a person");
    }
  }

  private URI graphUrl(String text) {
    URI url = url("CLOUDSTIC_GRAPH_URL", text);
    if (url.getScheme().equals("http") && !Loopback.isHostOf(url)) {
      throw new UsageException(
          "CLOUDSTIC_GRAPH_URL is an http: URL, over which tokens would travel in the clear",
          "use https; http is accepted for localhost, 127.0.0.0/8 and [::1] only");
    }
    return url;
  }

  private URI authorityUrl(String text, URI graphUrl) {
    URI url = url("CLOUDSTIC_AUTHORITY_URL", text);
    if (!new TrustedHosts(graphUrl).isSafe(url)) {
      throw new UsageException(
          "CLOUDSTIC_AUTHORITY_URL is an http: URL, over which passwords would travel in the clear",
          "use https; http is accepted for localhost, 127.0.0.0/8 and [::1] only, and only while"
              + " CLOUDSTIC_GRAPH_URL is such an address too");
    }
    return url;
  }

  /** An absolute http(s) URL without anything after its path, and without a slash at the end. */
  private static URI url(String variable, String text) {
    URI url;
    try {
      url = new URI(text.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw new UsageException(
          variable + " is not a URL: " + e.getReason(), "it looks like https://host/path");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new UsageException(
          variable + " is not an https URL with a host", "it looks like https://host/path");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new UsageException(
          variable + " has a user name, a query or a fragment in it",
          "leave only scheme, host, port and path");
    }
    return url;
  }

  private static List<String> scopes(String text) {
    Set<String> scopes = new LinkedHashSet<>();
    scopes.add("offline_access");
    scopes.addAll(Arrays.asList(text.trim().split("[\\s,]+")));
    return List.copyOf(scopes);
  }

  private static void check(Pattern pattern, String value, String name, String what) {
    if (!pattern.matcher(value).matches()) {
      throw new UsageException(name + " is not " + what, null);
    }
  }

  private Optional<Path> path(String name) {
    try {
      return variable(name).map(Path::of);
    } catch (InvalidPathException e) {
      throw new UsageException(name + " is not a path: " + e.getReason(), null);
    }
  }

  private Optional<String> variable(String name) {
    return set(environment.apply(name));
  }

  private Optional<String> property(String key) {
    return set(properties.apply(key));
  }

  private static Optional<String> set(String value) {
    return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
  }
}
