package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Microsoft's separate worlds, each with its own accounts, authority and Graph. A token of one is
 * worth nothing in another. Addresses as in Microsoft Graph's documentation, "National cloud
 * deployments".
 */
public enum Cloud {
  /** Everybody else, GCC and all personal accounts. */
  GLOBAL(
      "global",
      "https://login.microsoftonline.com",
      "https://graph.microsoft.com",
      "https://entra.microsoft.com",
      "AzureCloud"),
  /** US Government L4, GCC High. */
  US_GOVERNMENT(
      "usgov",
      "https://login.microsoftonline.us",
      "https://graph.microsoft.us",
      "https://portal.azure.us",
      "AzureUSGovernment"),
  /** US Government L5, the Department of Defense. */
  US_GOVERNMENT_DOD(
      "usgov-dod",
      "https://login.microsoftonline.us",
      "https://dod-graph.microsoft.us",
      "https://portal.azure.us",
      "AzureUSGovernment"),
  /** China, operated by 21Vianet. */
  CHINA(
      "china",
      "https://login.chinacloudapi.cn",
      "https://microsoftgraph.chinacloudapi.cn",
      "https://portal.azure.cn",
      "AzureChinaCloud");

  private final String word;
  private final URI authority;
  private final URI graph;
  private final String portal;
  private final String azureCliName;

  Cloud(String word, String authority, String graphHost, String portal, String azureCliName) {
    this.word = word;
    this.authority = URI.create(authority);
    this.graph = URI.create(graphHost + "/v1.0");
    this.portal = portal;
    this.azureCliName = azureCliName;
  }

  /**
   * The cloud of this word, in any case.
   *
   * @throws UsageException when there is none
   */
  static Cloud parse(String word) {
    return Arrays.stream(values())
        .filter(cloud -> cloud.word.equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "CLOUDSTIC_CLOUD is \"" + word + "\", which is no cloud that we know",
                    "set it to one of: "
                        + Arrays.stream(values())
                            .map(Cloud::word)
                            .collect(Collectors.joining(", "))));
  }

  /** How the setting {@code CLOUDSTIC_CLOUD} calls it. */
  public String word() {
    return word;
  }

  /** Where to sign in; the tenant is appended. */
  URI authority() {
    return authority;
  }

  /** Graph, with its version. */
  URI graph() {
    return graph;
  }

  /** Where apps are registered by hand. */
  String portal() {
    return portal;
  }

  /** How {@code az cloud set --name} calls it. */
  String azureCliName() {
    return azureCliName;
  }
}
