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
  public Obtained obtain(Predicate<Token> usable, String claims) {
    try {
      return new Obtained(token(claims), true);
    } catch (Refusal e) {
      throw e.toFailure("the app-only sign-in");
    }
  }

  /** The first refusal tells what time it is there; the second assertion is made by that. */
  private Token token(String claims) throws Refusal {
    try {
      return endpoint.exchange(new ClientCredentialsGrant(), scope, claims);
    } catch (Refusal e) {
      if (!e.error().numbers().contains(EntraError.ASSERTION_OUT_OF_TIME)) {
        throw e;
      }
      return endpoint.exchange(new ClientCredentialsGrant(), scope, claims);
    }
  }

  /** There is nobody who could fulfil it. */
  @Override
  public void remember(String claims) {}

  @Override
  public String adviceOnRejection() {
    return "ask an administrator whether the app is still allowed in, has the application permission"
        + " Files.Read.All of Microsoft Graph, and has admin consent for it";
  }
}
