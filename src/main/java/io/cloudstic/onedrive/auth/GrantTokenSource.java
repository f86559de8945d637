package io.cloudstic.onedrive.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A token source over a grant: keeps the token in memory, and knows when to renew it. */
final class GrantTokenSource implements TokenSource {
  private final Grant grant;
  private final Clock clock;
  private final SingleFlight<Held> renewal = new SingleFlight<>();
  private volatile Held held;
  private volatile String accepted;

  GrantTokenSource(Grant grant, Clock clock) {
    this.grant = grant;
    this.clock = clock;
  }

  @Override
  public String bearer() {
    Held now = held;
    return usable(now, null) ? now.accessToken() : renew(null, null);
  }

  @Override
  public String refreshAfterRejection(String rejected, String claims) {
    return renew(rejected, claims);
  }

  @Override
  public void accepted(String token) {
    if (!token.equals(accepted)) {
      accepted = token;
    }
  }

  private String renew(String rejected, String claims) {
    // A flight that was under way may have begun without knowing of the rejection, and brings the
    // rejected token again; the second one then is our own or began after it.
    for (int flights = 0; flights < 2; flights++) {
      Held result = renewal.run(() -> obtain(rejected, claims));
      if (!result.accessToken().equals(rejected)) {
        return result.accessToken();
      }
    }
    throw rejectedAgain(claims);
  }

  private Held obtain(String rejected, String claims) {
    Held before = held;
    if (usable(before, rejected)) {
      return before;
    }
    Instant now = clock.instant();
    if (before != null && before.accessToken().equals(rejected) && isUseless(before, claims, now)) {
      throw rejectedAgain(claims);
    }
    Grant.Obtained obtained =
        grant.obtain(
            token ->
                token.isGood(now, SignInLimits.MARGIN) && !token.accessToken().equals(rejected),
            claims);
    boolean becauseRejected = rejected != null && obtained.renewed();
    Held after =
        new Held(
            obtained.token(),
            margin(obtained, now),
            becauseRejected ? clock.instant() : null,
            becauseRejected ? claims : null);
    held = after;
    return after;
  }

  /**
   * Whether renewing this token, which was rejected, would bring another one that is rejected. A
   * claims challenge is answered once, even if other calls accept what came of it.
   */
  private boolean isUseless(Held token, String claims, Instant now) {
    if (claims != null && claims.equals(token.claims())) {
      return true;
    }
    boolean challengedAgain = claims != null && token.claims() != null;
    return token.isFreshAfterRejection(now)
        && (challengedAgain || !token.accessToken().equals(accepted));
  }

  /**
   * Usually {@link SignInLimits#MARGIN}; of a token made to live shorter than that, half of its
   * life, or it would be renewed for every request.
   */
  private static Duration margin(Grant.Obtained obtained, Instant now) {
    Instant expiry = obtained.token().expiry();
    if (!obtained.renewed() || expiry == null) {
      return SignInLimits.MARGIN;
    }
    Duration half = Duration.between(now, expiry).dividedBy(2);
    return half.compareTo(SignInLimits.MARGIN) < 0 ? half : SignInLimits.MARGIN;
  }

  private boolean usable(Held token, String rejected) {
    return token != null
        && !token.accessToken().equals(rejected)
        && token.token().isGood(clock.instant(), token.margin());
  }

  private SignInRequiredException rejectedAgain(String claims) {
    if (claims != null) {
      grant.remember(claims);
      return new SignInRequiredException(
          "Graph asks for a new sign-in (claims challenge): renewing the access token is not enough",
          grant.adviceOnRejection());
    }
    return new SignInRequiredException(
        "Graph refuses the access token, and a renewed one too: it was revoked, or the"
            + " organisation asks for a new sign-in",
        grant.adviceOnRejection());
  }

  /**
   * The token in use.
   *
   * @param margin how long it must be good to be used
   * @param renewedAfterRejection when its predecessor's rejection made us get it, or null
   * @param claims of that rejection, or null
   */
  private record Held(Token token, Duration margin, Instant renewedAfterRejection, String claims) {
    String accessToken() {
      return token.accessToken();
    }

    boolean isFreshAfterRejection(Instant now) {
      return renewedAfterRejection != null
          && now.isBefore(renewedAfterRejection.plus(SignInLimits.REJECTED_AGAIN));
    }
  }
}
