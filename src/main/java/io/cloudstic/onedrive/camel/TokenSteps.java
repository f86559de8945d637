package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.auth.ClaimsChallenge;
import io.cloudstic.onedrive.auth.TokenSource;
import io.cloudstic.onedrive.auth.TrustedHosts;
import io.cloudstic.onedrive.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpConstants;

/**
 * The two steps around a request to Graph: {@code attach} puts the bearer token in, {@code detach}
 * takes it out, so that it is in the message for the one step between. Thread-safe.
 */
public final class TokenSteps {
  private static final String AUTHORIZATION = "Authorization";
  private static final String USED = "cloudstic.token";
  private static final String REJECTED = "cloudstic.rejected";

  private final TokenSource tokens;
  private final TrustedHosts trusted;
  private final Supplier<UUID> ids;

  /**
   * Steps that attach tokens of this source.
   *
   * @param trusted where they may go
   * @param ids for {@code client-request-id}, one for each attempt
   */
  public TokenSteps(TokenSource tokens, TrustedHosts trusted, Supplier<UUID> ids) {
    this.tokens = tokens;
    this.trusted = trusted;
    this.ids = ids;
  }

  /** Attaches a token; after a 401, another one. */
  public Processor attach() {
    return exchange -> {
      String url = exchange.getIn().getHeader(HttpConstants.HTTP_URI, String.class);
      if (!trusted.mayCarryToken(url)) {
        throw new IllegalStateException("no token for " + TrustedHosts.describe(url));
      }
      Object rejected = exchange.removeProperty(REJECTED);
      String token =
          rejected == null
              ? tokens.bearer()
              : tokens.refreshAfterRejection(
                  ((Rejected) rejected).token().text(), ((Rejected) rejected).claims());
      exchange.setProperty(USED, new Token(token));
      exchange.getIn().setHeader(AUTHORIZATION, "Bearer " + token);
      exchange.getIn().setHeader("client-request-id", ids.get().toString());
    };
  }

  /** Takes the token out again, and remembers whether it was rejected. */
  public Processor detach() {
    return exchange -> {
      exchange.getMessage().removeHeader(AUTHORIZATION);
      exchange.getIn().removeHeader(AUTHORIZATION);
      Object used = exchange.removeProperty(USED);
      AttemptFailedException failed = failure(exchange);
      if (used instanceof Token token) {
        if (failed != null && failed.getStatus() == 401) {
          exchange.setProperty(REJECTED, new Rejected(token, claims(failed)));
        } else if (failed == null && exchange.getException() == null) {
          tokens.accepted(token.text());
        }
      }
    };
  }

  private static String claims(AttemptFailedException failed) {
    try (Reply reply = failed.reply()) {
      return reply.header("WWW-Authenticate").flatMap(ClaimsChallenge::parse).orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException("what is in memory closes", e);
    }
  }

  private static AttemptFailedException failure(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AttemptFailedException.class);
  }

  /**
   * A refused token.
   *
   * @param claims what Graph wants of another one, or null
   */
  private record Rejected(Token token, String claims) {}

  /** A token that does not show itself when properties are printed. */
  private record Token(String text) {
    @Override
    public String toString() {
      return "[token]";
    }
  }
}
