package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sign-in settings")
class SignInSettingsReaderTest {
  private static final Path CONFIG = Path.of("config");

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private SignInSettings read() {
    return new SignInSettingsReader(environment::get, properties::get).read(CONFIG);
  }

  @Test
  @DisplayName("have documented defaults")
  void defaults() {
    SignInSettings settings = read();
    assertThat(settings.clientId()).isEmpty();
    assertThat(settings.clientIdSource()).isEqualTo(SignInSettings.ClientIdSource.UNSET);
    assertThat(settings.tenant()).isEqualTo("common");
    assertThat(settings.authorityUrl()).isEqualTo(URI.create("https://login.microsoftonline.com"));
    assertThat(settings.graphUrl()).isEqualTo(URI.create("https://graph.microsoft.com/v1.0"));
    assertThat(settings.tokenFile()).isEqualTo(CONFIG.resolve("onedrive_token.json"));
    assertThat(settings.scopes()).containsExactly("offline_access", "User.Read", "Files.Read");
    assertThat(settings.appOnly()).isFalse();
    assertThat(settings.tokenEndpoint())
        .isEqualTo(URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/token"));
  }

  @Test
  @DisplayName("take the client id from the environment before the built-in one")
  void clientIdPrecedence() {
    properties.put("onedrive.client-id", "built-in");
    assertThat(read().requireClientId()).isEqualTo("built-in");
    assertThat(read().clientIdSource()).isEqualTo(SignInSettings.ClientIdSource.BUILT_IN);
    environment.put("ONEDRIVE_CLIENT_ID", "own");
    assertThat(read().requireClientId()).isEqualTo("own");
    assertThat(read().clientIdSource()).isEqualTo(SignInSettings.ClientIdSource.ENVIRONMENT);
    environment.put("ONEDRIVE_CLIENT_ID", "");
    assertThat(read().requireClientId()).isEqualTo("built-in");
  }

  @Test
  @DisplayName("without a client id tell how to register an app by hand and with az")
  void registrationSteps() {
    assertThatThrownBy(() -> read().requireClientId())
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.advice().orElseThrow())
                    .contains("https://entra.microsoft.com", "http://localhost")
                    .contains("az ad app create", "--sign-in-audience")
                    .contains("AzureADandPersonalMicrosoftAccount", "ONEDRIVE_CLIENT_ID"));
    environment.put("CLOUDSTIC_CLOUD", "china");
    assertThatThrownBy(() -> read().requireClientId())
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.advice().orElseThrow())
                    .contains("https://portal.azure.cn", "az cloud set --name AzureChinaCloud")
                    .doesNotContain("PersonalMicrosoftAccount"));
  }

  @ParameterizedTest
  @DisplayName("know each cloud's authority and Graph")
  @CsvSource({
    "global, https://login.microsoftonline.com, https://graph.microsoft.com/v1.0",
    "usgov, https://login.microsoftonline.us, https://graph.microsoft.us/v1.0",
    "usgov-dod, https://login.microsoftonline.us, https://dod-graph.microsoft.us/v1.0",
    "china, https://login.chinacloudapi.cn, https://microsoftgraph.chinacloudapi.cn/v1.0"
  })
  void clouds(String word, URI authority, URI graph) {
    environment.put("CLOUDSTIC_CLOUD", word);
    assertThat(read().authorityUrl()).isEqualTo(authority);
    assertThat(read().graphUrl()).isEqualTo(graph);
  }

  @Test
  @DisplayName("let single URLs override the cloud's, and drop slashes at the end")
  void overrides() {
    environment.put("CLOUDSTIC_CLOUD", "china");
    environment.put("CLOUDSTIC_GRAPH_URL", "https://proxy.example/graph/v1.0//");
    assertThat(read().graphUrl()).isEqualTo(URI.create("https://proxy.example/graph/v1.0"));
    assertThat(read().authorityUrl()).isEqualTo(URI.create("https://login.chinacloudapi.cn"));
  }

  @ParameterizedTest
  @DisplayName("accept http while Graph and authority are on this machine")
  @ValueSource(
      strings = {"http://localhost:1", "http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:1"})
  void loopback(String url) {
    environment.put("CLOUDSTIC_GRAPH_URL", url + "/v1.0");
    environment.put("CLOUDSTIC_AUTHORITY_URL", url);
    assertThat(read().authorityUrl()).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @DisplayName("refuse URLs over which secrets could leak, naming the variable")
  @CsvSource({
    "CLOUDSTIC_GRAPH_URL, http://graph.example/v1.0",
    "CLOUDSTIC_GRAPH_URL, http://127.0.0.1.example/v1.0",
    "CLOUDSTIC_GRAPH_URL, https://user:pw@graph.example/v1.0",
    "CLOUDSTIC_GRAPH_URL, https://graph.example/v1.0?x=y",
    "CLOUDSTIC_GRAPH_URL, graph.example",
    "CLOUDSTIC_GRAPH_URL, ftp://graph.example",
    "CLOUDSTIC_GRAPH_URL, https://",
    "CLOUDSTIC_GRAPH_URL, 'https://a b/'",
    "CLOUDSTIC_AUTHORITY_URL, http://login.example",
    "CLOUDSTIC_AUTHORITY_URL, http://127.0.0.1:8080",
    "ONEDRIVE_TENANT, ../common",
    "ONEDRIVE_CLIENT_ID, 'a b'",
    "CLOUDSTIC_CLOUD, germany"
  })
  void refused(String variable, String value) {
    environment.put(variable, value);
    assertThatThrownBy(this::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(variable)
        .extracting(e -> ((CloudsticException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  @DisplayName("always ask for a refresh token, and once only")
  void scopes() {
    properties.put("onedrive.scopes", "Files.Read.All  User.Read, offline_access");
    assertThat(read().scopes()).containsExactly("offline_access", "Files.Read.All", "User.Read");
  }

  @Test
  @DisplayName("need a tenant of its own for app-only sign-in, and one credential")
  void appOnly() {
    environment.put("ONEDRIVE_CLIENT_SECRET", "s3cret");
    assertThatThrownBy(this::read).hasMessageContaining("ONEDRIVE_TENANT");
    environment.put("ONEDRIVE_TENANT", "contoso.onmicrosoft.com");
    assertThat(read().appOnly()).isTrue();
    environment.put("ONEDRIVE_CLIENT_CERTIFICATE", "app.pem");
    assertThatThrownBy(this::read).hasMessageContaining("ONEDRIVE_CLIENT_CERTIFICATE");
  }

  @Test
  @DisplayName("show no secret")
  void noSecret() {
    environment.put("ONEDRIVE_CLIENT_SECRET", "s3cret");
    environment.put("ONEDRIVE_TENANT", "contoso.onmicrosoft.com");
    assertThat(read().toString()).doesNotContain("s3cret");
  }
}
