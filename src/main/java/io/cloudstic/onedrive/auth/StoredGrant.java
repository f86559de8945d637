package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.cloudstic.failure.CloudsticException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The refresh token in the token file. Before it is used, the file is locked and read again:
 * another process may have renewed the token meanwhile. What the authority gives back is stored
 * before anybody gets to use it.
 */
final class StoredGrant implements Grant {
  private final TokenFile file;
  private final Supplier<TokenEndpoint> endpoint;
  // Both are used by one thread at a time, and made visible by what makes it one at a time.
  private String refusedRefreshToken;
  private CloudsticException refusal;

  /**
   * The grant in this file.
   *
   * @param endpoint asked for when a token has to be renewed, and not before: as long as the stored
   *     one is good, no client id is needed
   */
  StoredGrant(TokenFile file, Supplier<TokenEndpoint> endpoint) {
    this.file = file;
    this.endpoint = endpoint;
  }

  @Override
  public Obtained obtain(Predicate<Token> usable, String claims) {
    Token stored = load();
    if (usable.test(stored)) {
      return new Obtained(stored, false);
    }
    if (stored.refreshToken() == null) {
      throw new SignInRequiredException(
          "the access token in " + file.path() + " has ended, and there is no refresh token",
          SignInRequiredException.LOGIN);
    }
    return file.exclusively(
        () -> {
          Token again = load();
          return usable.test(again) ? new Obtained(again, false) : renew(again, claims);
        });
  }

  @Override
  public String adviceOnRejection() {
    return SignInRequiredException.LOGIN;
  }

  @Override
  public void remember(String claims) {
    file.exclusively(
        () -> {
          file.saveClaims(claims);
          return null;
        });
  }

  private Obtained renew(Token stored, String claims) {
    if (stored.refreshToken() == null) {
      throw new SignInRequiredException(
          "the token file " + file.path() + " holds no refresh token any more",
          SignInRequiredException.LOGIN);
    }
    if (stored.refreshToken().equals(refusedRefreshToken)) {
      // Asking again would bring the same answer, and in the end a ban for looping.
      throw refusal;
    }
    try {
      // No scope: the new token is for what was granted, whoever granted it to whichever program.
      Token renewed =
          endpoint
              .get()
              .exchange(
                  new RefreshTokenGrant(new RefreshToken(stored.refreshToken())), null, claims)
              .orRefreshToken(stored.refreshToken());
      file.save(renewed);
      return new Obtained(renewed, true);
    } catch (Refusal e) {
      CloudsticException failure = e.toFailure("to renew the sign-in");
      if (failure instanceof SignInRequiredException) {
        // We hold the lock.
        e.error().claims().or(() -> Optional.ofNullable(claims)).ifPresent(file::saveClaims);
        refusedRefreshToken = stored.refreshToken();
        refusal = failure;
      }
      throw failure;
    }
  }

  private Token load() {
    return file.load()
        .orElseThrow(
            () ->
                new SignInRequiredException(
                    "you are not signed in to OneDrive: there is no token file " + file.path(),
                    SignInRequiredException.LOGIN));
  }
}
