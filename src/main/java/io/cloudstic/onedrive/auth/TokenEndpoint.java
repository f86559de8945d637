package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import net.minidev.json.JSONObject;

/** Where grants are exchanged for tokens (RFC 6749, section 3.2). Thread-safe. */
final class TokenEndpoint {
  private final Authority authority;
  private final Client client;

  /** Exchanges grants in the name of the client. */
  TokenEndpoint(Authority authority, Client client) {
    this.authority = authority;
    this.client = client;
  }

  /** Who we say we are. */
  @FunctionalInterface
  interface Client {
    /** A request in this client's name; the scope is null to leave it as it was granted. */
    TokenRequest request(AuthorizationGrant grant, Scope scope);

    /** A program that anybody can have, and that therefore has no secret. */
    static Client ofPublic(URI endpoint, String clientId) {
      return (grant, scope) -> new TokenRequest(endpoint, new ClientID(clientId), grant, scope);
    }
  }

  /**
   * The token that the grant is worth.
   *
   * @param scope what to ask for, or null for what the grant was given
   * @throws Refusal when the authority says no
   * @throws AuthorityUnavailableException when it cannot be asked
   */
  Token exchange(AuthorizationGrant grant, Scope scope) throws Refusal {
    Instant asked = authority.clock().instant();
    JSONObject reply = authority.ask(() -> client.request(grant, scope).toHTTPRequest());
    try {
      AccessTokenResponse response = AccessTokenResponse.parse(reply);
      AccessToken access = response.getTokens().getAccessToken();
      RefreshToken refresh = response.getTokens().getRefreshToken();
      return new Token(
          access.getValue(),
          "Bearer",
          refresh == null ? null : refresh.getValue(),
          expiry(asked, access.getLifetime()));
    } catch (ParseException e) {
      // The exception may quote the reply, which may hold tokens.
      throw new AuthorityUnavailableException(
          "the sign-in service's answer holds no usable token", null);
    }
  }

  /**
   * Counted from before the request was sent, by our own clock: the authority's may differ.
   *
   * @param lifetime in seconds; 0 when the reply does not say
   */
  private static Instant expiry(Instant asked, long lifetime) {
    return lifetime <= 0
        ? null
        : asked.plus(
            Duration.ofSeconds(Math.min(lifetime, SignInLimits.LONGEST_LIFETIME.toSeconds())));
  }
}
