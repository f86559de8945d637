package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import java.net.URI;
import java.util.function.Predicate;

/**
 * The organisation's consent to the program itself (client credentials, RFC 6749 section 4.4).
 * There is no refresh token and nothing to store: a new token is asked for each time.
 */
final class AppGrant implements Grant {
  private final TokenEndpoint endpoint;
  private final Scope scope;

  /**
   * The grant for this Graph.
   *
   * @param graphUrl whose origin names the resource, which is another in each cloud
   */
  AppGrant(TokenEndpoint endpoint, URI graphUrl) {
    this.endpoint = endpoint;
    this.scope = new Scope(graphUrl.getScheme() + "://" + graphUrl.getRawAuthority() + "/.default");
  }

  @Override
  public Obtained obtain(Predicate<Token> usable) {
    try {
      return new Obtained(endpoint.exchange(new ClientCredentialsGrant(), scope), true);
    } catch (Refusal e) {
      throw e.toFailure("the app-only sign-in");
    }
  }

  @Override
  public String adviceOnRejection() {
    return "ask an administrator whether the app is still allowed in, has the application permission"
        + " Files.Read.All of Microsoft Graph, and has admin consent for it";
  }
}
