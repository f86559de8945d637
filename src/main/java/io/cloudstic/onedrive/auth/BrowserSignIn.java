package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.Prompt;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Stop;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs a person in by their browser: authorization code (RFC 6749) with PKCE (RFC 7636) and a
 * redirect to a loopback address (RFC 8252). Where the browser runs on another machine, the address
 * that it ends at, or the code in it, can be pasted into the terminal.
 */
final class BrowserSignIn implements SignIn {
  private final SignInSettings settings;
  private final TokenEndpoint endpoint;
  private final Browser browser;
  private final PastedLine terminal;
  private final Consumer<String> say;
  private final SecureRandom random;
  private final Clock clock;
  private final Stop stop;

  /**
   * A sign-in that may be tried several times.
   *
   * @param say shows a line to the person
   */
  BrowserSignIn(
      SignInSettings settings,
      TokenEndpoint endpoint,
      Browser browser,
      PastedLine terminal,
      Consumer<String> say,
      SecureRandom random,
      Clock clock,
      Stop stop) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.browser = browser;
    this.terminal = terminal;
    this.say = say;
    this.random = random;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Token signIn(String claims) {
    try (Attempt attempt = begin(claims)) {
      say.accept(
          browser.open(attempt.page())
              ? "Your browser should open; if it does not, open this address:"
              : "Open this address in a browser:");
      attempt.show();
      return await(attempt);
    }
  }

  private Token await(Attempt attempt) {
    Instant deadline = clock.instant().plus(SignInLimits.BROWSER_WAIT);
    while (clock.instant().isBefore(deadline)) {
      stop.check();
      Optional<Token> token = attempt.look();
      if (token.isPresent()) {
        return token.get();
      }
    }
    throw new SignInRequiredException(
        "nobody signed in within " + SignInLimits.BROWSER_WAIT.toMinutes() + " minutes",
        "start again: cloudstic auth login; where there is no browser: cloudstic auth login"
            + " -device-code");
  }

  /** Listens for the answer to one request from now on; whoever begins it closes it. */
  Attempt begin(String claims) {
    return new Attempt(claims);
  }

  /** One sign-in that waits for its answer. Not thread-safe. */
  final class Attempt implements AutoCloseable {
    private final String claims;
    private final String state = RandomText.next(random);
    private final CodeVerifier verifier = new CodeVerifier(RandomText.next(random));
    private final LoopbackListener listener = LoopbackListener.open(state);

    private Attempt(String claims) {
      this.claims = claims;
    }

    /** What is to be opened in a browser. */
    URI page() {
      return request(state, verifier, listener.redirectUri(), claims);
    }

    /** Tells the person where to sign in, and how to bring the answer by hand. */
    void show() {
      say.accept(page().toString());
      if (terminal.isPossible()) {
        say.accept("If the browser is on another machine, paste the address here that it ends at.");
      }
    }

    /**
     * The token, if the answer has come; waits for it for {@link SignInLimits#BROWSER_POLL}.
     *
     * @throws SignInRequiredException when the person was refused
     */
    Optional<Token> look() {
      try {
        return listener
            .await(SignInLimits.BROWSER_POLL)
            .or(() -> terminal.poll().flatMap(line -> pasted(line, state)))
            .map(redirect -> redeem(code(redirect)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }

    private Token redeem(String code) {
      try {
        return endpoint.exchange(
            new AuthorizationCodeGrant(
                new AuthorizationCode(code), listener.redirectUri(), verifier),
            scope(),
            null);
      } catch (Refusal e) {
        throw e.toFailure("the sign-in");
      }
    }

    @Override
    public void close() {
      listener.close();
    }
  }

  private URI request(String state, CodeVerifier verifier, URI redirectUri, String claims) {
    AuthorizationRequest.Builder request =
        new AuthorizationRequest.Builder(
                ResponseType.CODE, new ClientID(settings.requireClientId()))
            .endpointURI(settings.authorizeEndpoint())
            .redirectionURI(redirectUri)
            .responseMode(ResponseMode.QUERY)
            .scope(scope())
            .state(new State(state))
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .prompt(Prompt.Type.SELECT_ACCOUNT);
    if (claims != null) {
      request.customParameter("claims", claims);
    }
    return request.build().toURI();
  }

  /**
   * A pasted address, its query, or the bare code, which only our verifier makes worth anything.
   */
  private Optional<Redirect> pasted(String line, String state) {
    if (!line.contains("=")) {
      return Optional.of(new Redirect.Accepted(new Secret(line)));
    }
    String query = line.substring(line.indexOf('?') + 1).replaceFirst("#.*$", "");
    Redirect redirect = Redirect.parse(URLUtils.parseParameters(query), state);
    if (redirect instanceof Redirect.Foreign foreign) {
      say.accept("That is not the answer to this sign-in: " + foreign.reason() + ".");
      return Optional.empty();
    }
    return Optional.of(redirect);
  }

  private static String code(Redirect redirect) {
    if (redirect instanceof Redirect.Accepted accepted) {
      return accepted.code().reveal();
    }
    if (redirect instanceof Redirect.Refused refused) {
      throw SignInAdvice.failure("the sign-in", refused.error(), List.of());
    }
    throw new IllegalStateException("foreign redirects are not waited for");
  }

  private Scope scope() {
    return new Scope(settings.scopes().toArray(String[]::new));
  }
}
