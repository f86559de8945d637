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
    return usable(now, null) ? now.accessToken() : renew(null);
  }

  @Override
  public String refreshAfterRejection(String rejected) {
    return renew(rejected);
  }

  @Override
  public void accepted(String token) {
    if (!token.equals(accepted)) {
      accepted = token;
    }
  }

  private String renew(String rejected) {
    // A flight that was under way may have begun without knowing of the rejection, and brings the
    // rejected token again; the second one then is our own or began after it.
    for (int flights = 0; flights < 2; flights++) {
      Held result = renewal.run(() -> obtain(rejected));
      if (!result.accessToken().equals(rejected)) {
        return result.accessToken();
      }
    }
    throw rejectedAgain();
  }

  private Held obtain(String rejected) {
    Held before = held;
    if (usable(before, rejected)) {
      return before;
    }
    Instant now = clock.instant();
    if (before != null
        && before.accessToken().equals(rejected)
        && !before.accessToken().equals(accepted)
        && before.isFreshAfterRejection(now)) {
      throw rejectedAgain();
    }
    Grant.Obtained obtained =
        grant.obtain(
            token ->
                token.isGood(now, SignInLimits.MARGIN) && !token.accessToken().equals(rejected));
    boolean becauseRejected = rejected != null && obtained.renewed();
    Held after =
        new Held(obtained.token(), margin(obtained, now), becauseRejected ? clock.instant() : null);
    held = after;
    return after;
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

  private SignInRequiredException rejectedAgain() {
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
   */
  private record Held(Token token, Duration margin, Instant renewedAfterRejection) {
    String accessToken() {
      return token.accessToken();
    }

    boolean isFreshAfterRejection(Instant now) {
      return renewedAfterRejection != null
          && now.isBefore(renewedAfterRejection.plus(SignInLimits.REJECTED_AGAIN));
    }
  }
}
