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
    /** A request in this client's name, to be completed. */
    TokenRequest.Builder request(AuthorizationGrant grant);

    /** A program that anybody can have, and that therefore has no secret. */
    static Client ofPublic(URI endpoint, String clientId) {
      return grant -> new TokenRequest.Builder(endpoint, new ClientID(clientId), grant);
    }
  }

  /**
   * The token that the grant is worth.
   *
   * @param scope what to ask for, or null for what the grant was given
   * @param claims what the token must fulfil beyond that, or null
   * @throws Refusal when the authority says no
   * @throws AuthorityUnavailableException when it cannot be asked
   */
  Token exchange(AuthorizationGrant grant, Scope scope, String claims) throws Refusal {
    Instant asked = authority.clock().instant();
    JSONObject reply = authority.ask(() -> request(grant, scope, claims).toHTTPRequest());
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

  private TokenRequest request(AuthorizationGrant grant, Scope scope, String claims) {
    TokenRequest.Builder request = client.request(grant);
    if (scope != null) {
      request.scope(scope);
    }
    if (claims != null) {
      request.customParameter("claims", claims);
    }
    return request.build();
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
