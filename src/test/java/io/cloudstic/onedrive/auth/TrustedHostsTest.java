package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trusted hosts")
class TrustedHostsTest {
  private final TrustedHosts cloud =
      new TrustedHosts(URI.create("https://graph.microsoft.com/v1.0"));
  private final TrustedHosts simulator = new TrustedHosts(URI.create("http://127.0.0.1:8080/v1.0"));

  @ParameterizedTest
  @DisplayName("let the token go to the configured Graph")
  @ValueSource(
      strings = {
        "https://graph.microsoft.com/v1.0/me/drive/root/delta?token=abc",
        "https://GRAPH.Microsoft.com:443/v1.0/drives('b!x')/root/delta(token='1')",
        "https://graph.microsoft.com"
      })
  void tokenToGraph(String url) {
    assertThat(cloud.mayCarryToken(url)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("let the token go nowhere else")
  @ValueSource(
      strings = {
        "http://graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com:8443/v1.0/me",
        "https://graph.microsoft.com.evil.example/v1.0/me",
        "https://evil.example/graph.microsoft.com",
        "https://graph.microsoft.com@evil.example/v1.0/me",
        "https://user@graph.microsoft.com/v1.0/me",
        "https://evil.example\\@graph.microsoft.com/",
        "https://graph.microsoft.us/v1.0/me",
        "https://contoso-my.sharepoint.com/x",
        "http://127.0.0.1/v1.0/me",
        "//graph.microsoft.com/v1.0/me",
        "/v1.0/me",
        "ftp://graph.microsoft.com/",
        "javascript:alert(1)",
        "https:///v1.0/me",
        "https://graph.microsoft.com/ white space",
        ""
      })
  void tokenNowhereElse(String url) {
    assertThat(cloud.mayCarryToken(url)).isFalse();
  }

  @Test
  @DisplayName("let nothing go to a URL that is missing")
  void missing() {
    assertThat(cloud.mayCarryToken(null)).isFalse();
    assertThat(cloud.mayDownload(null)).isFalse();
  }

  @Test
  @DisplayName("let the token go to a simulator on its very port only")
  void simulatorPort() {
    assertThat(simulator.mayCarryToken("http://127.0.0.1:8080/v1.0/me")).isTrue();
    assertThat(simulator.mayCarryToken("http://127.0.0.1:8081/v1.0/me")).isFalse();
    assertThat(simulator.mayCarryToken("http://localhost:8080/v1.0/me")).isFalse();
  }

  @Test
  @DisplayName("let content come from any host by https, and by http from this machine only")
  void downloads() {
    assertThat(cloud.mayDownload("https://contoso-my.sharepoint.com/x?tempauth=y")).isTrue();
    assertThat(cloud.mayDownload("http://contoso-my.sharepoint.com/x?tempauth=y")).isFalse();
    assertThat(cloud.mayDownload("http://127.0.0.1:9000/x")).isFalse();
    assertThat(cloud.mayDownload("file:///etc/passwd")).isFalse();
    assertThat(simulator.mayDownload("http://127.0.0.1:9000/x")).isTrue();
    assertThat(simulator.mayDownload("http://127.9.9.9/x")).isTrue();
    assertThat(simulator.mayDownload("http://[::1]:9000/x")).isTrue();
    assertThat(simulator.mayDownload("http://[0:0:0:0:0:0:0:1]/x")).isTrue();
    assertThat(simulator.mayDownload("http://localhost:9000/x")).isTrue();
    assertThat(simulator.mayDownload("http://127.0.0.1.evil.example/x")).isFalse();
    assertThat(simulator.mayDownload("http://127.0.0.256/x")).isFalse();
    assertThat(simulator.mayDownload("http://localhost.evil.example/x")).isFalse();
    assertThat(simulator.mayDownload("http://192.168.0.1/x")).isFalse();
    assertThat(simulator.mayDownload("http://[::2]/x")).isFalse();
  }

  @Test
  @DisplayName("describe a refused URL without its path and query")
  void describe() {
    assertThat(TrustedHosts.describe("https://Evil.example/secret?tempauth=secret"))
        .isEqualTo("https://evil.example:443");
    assertThat(TrustedHosts.describe("::secret::")).doesNotContain("secret");
  }
}
