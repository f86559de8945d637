package io.cloudstic.onedrive.auth;

import io.cloudstic.onedrive.auth.SignInSettings.ClientIdSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Signing in, looking how things are, and signing out; and the tokens for whoever calls Graph.
 * Thread-safe, except that one sign-in at a time makes sense.
 */
public final class Auth {
  private final SignInSettings settings;
  private final AuthEnvironment environment;
  private final TokenFile file;
  private final Authority authority;

  /** With these settings, in this world. */
  public Auth(SignInSettings settings, AuthEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.file = new TokenFile(settings.tokenFile(), environment.stop(), environment.say());
    this.authority = new Authority(environment.sender(), environment.stop(), environment.clock());
  }

  /** How a person signs in. */
  public enum Way {
    /** By the browser of this machine if it has one, else by the other two. */
    SUITABLE,
    /** By the browser of this machine, or by pasting what it ends at. */
    BROWSER,
    /** By a code that is typed into any browser. */
    DEVICE_CODE
  }

  /**
   * How things are, without asking anybody.
   *
   * @param signedIn whether there is something to get access tokens by: a refresh token, an access
   *     token that is still good, or app-only credentials
   * @param appOnly whether the program signs in as itself
   * @param expiry when the present access token ends, or empty: there is none, or it does not say
   * @param renewable whether a new access token can be had without a person
   * @param lastRenewed when the token was last written; a refresh token that is not used for 90
   *     days dies
   * @param tokenFile where the token is kept
   * @param clientId the application (client) id, or empty
   * @param clientIdSource where it was found
   * @param tenant as configured
   */
  public record Status(
      boolean signedIn,
      boolean appOnly,
      Optional<Instant> expiry,
      boolean renewable,
      Optional<Instant> lastRenewed,
      Path tokenFile,
      Optional<String> clientId,
      ClientIdSource clientIdSource,
      String tenant) {}

  /**
   * The result of signing out.
   *
   * @param wasSignedIn whether there was a token file
   * @param tokenFile where it was
   */
  public record SignedOut(boolean wasSignedIn, Path tokenFile) {}

  /**
   * Signs in and stores the token, replacing one that is there. App-only, there is nothing to store
   * and nobody to ask: then it only checks that the credentials work.
   *
   * @throws SignInRequiredException when nobody signed in, or was refused
   * @throws io.cloudstic.failure.UsageException when the configuration is wrong; without a client
   *     id the advice tells how to get one
   */
  public Status login(Way way) {
    if (settings.appOnly()) {
      tokens().bearer();
      return status();
    }
    Token token = signIn(way).signIn(file.claims().orElse(null));
    file.exclusively(
        () -> {
          file.save(token);
          return null;
        });
    return status();
  }

  /** How things are. */
  public Status status() {
    Optional<Token> token = settings.appOnly() ? Optional.empty() : file.load();
    boolean renewable =
        settings.appOnly() || token.filter(t -> t.refreshToken() != null).isPresent();
    boolean good =
        token.filter(t -> t.isGood(environment.clock().instant(), SignInLimits.MARGIN)).isPresent();
    return new Status(
        renewable || good,
        settings.appOnly(),
        token.map(Token::expiry),
        renewable,
        token.flatMap(t -> file.lastWritten()),
        settings.tokenFile(),
        settings.clientId(),
        settings.clientIdSource(),
        settings.tenant());
  }

  /**
   * Removes the token file. Microsoft offers programs no way to revoke a refresh token; it dies
   * unused, or when the person removes the app's permissions from the account.
   */
  public SignedOut logout() {
    boolean was = file.lastWritten().isPresent() && file.exclusively(file::delete);
    return new SignedOut(was, settings.tokenFile());
  }

  /**
   * The tokens for Graph: of the person whose token file this is, or of the program itself. Nothing
   * is read or asked before the first is needed.
   *
   * @throws io.cloudstic.failure.UsageException when app-only credentials cannot be read
   */
  public TokenSource tokens() {
    Grant grant =
        settings.appOnly()
            ? new AppGrant(
                new TokenEndpoint(
                    authority,
                    AppCredential.of(settings, environment.random(), authority::timeThere)),
                settings.graphUrl())
            : new StoredGrant(file, this::publicEndpoint);
    return new GrantTokenSource(grant, environment.clock());
  }

  private SignIn signIn(Way way) {
    TokenEndpoint endpoint = publicEndpoint();
    Browser browser =
        new Browser(
            environment.variables(), System.getProperty("os.name"), Browser.Launcher::byProcess);
    BrowserSignIn byBrowser =
        new BrowserSignIn(
            settings,
            endpoint,
            browser,
            new PastedLine(environment.terminal()),
            environment.say(),
            environment.random(),
            environment.clock(),
            environment.stop());
    DeviceCodeSignIn byCode =
        new DeviceCodeSignIn(
            settings,
            authority,
            endpoint,
            environment.say(),
            environment.stop(),
            environment.clock());
    return switch (way) {
      case BROWSER -> byBrowser;
      case DEVICE_CODE -> byCode;
      case SUITABLE ->
          browser.isThere()
              ? byBrowser
              : new HeadlessSignIn(
                  byCode, byBrowser, environment.say(), environment.clock(), environment.stop());
    };
  }

  private TokenEndpoint publicEndpoint() {
    return new TokenEndpoint(
        authority,
        TokenEndpoint.Client.ofPublic(settings.tokenEndpoint(), settings.requireClientId()));
  }
}
