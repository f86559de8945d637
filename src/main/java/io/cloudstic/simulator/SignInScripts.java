package io.cloudstic.simulator;

import io.cloudstic.simulator.signin.Rotation;
import io.cloudstic.simulator.wire.Effect;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Moods of the sign-in. What goes wrong, goes wrong between the first run and the second. */
final class SignInScripts {
  private static final String TOKEN = "^sign-in POST .*/token";
  private static final String CLAIMS =
      "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1763800000\"}}}";

  private SignInScripts() {}

  /** Access tokens end, and once more in the middle of the run. */
  static Script expired() {
    return between(simulator -> simulator.tokens().expireAccessTokens())
        .beginning(
            simulator ->
                simulator
                    .faults()
                    .on("^graph GET .*delta")
                    .when(() -> simulator.runs().reached(2))
                    .once()
                    .then(new Effect.Before(simulator.tokens()::expireAccessTokens)));
  }

  /** The same, and a refresh token is good once. */
  static Script rotated() {
    return expired().settings(options -> options.rotation(Rotation.REVOKE_OLD));
  }

  /** Access tokens live so long. */
  static Script shortLived(Duration life) {
    return new Script().settings(options -> options.accessTokenLife(life));
  }

  /** The refresh token is dead. */
  static Script revoked() {
    return between(
        simulator -> {
          simulator.tokens().expireAccessTokens();
          simulator.tokens().revokeRefreshTokens();
        });
  }

  /** Graph wants other tokens. */
  static Script challenged(boolean ofPerson) {
    return between(simulator -> simulator.tokens().challenge(CLAIMS, ofPerson));
  }

  /** Graph wants other tokens, whatever it is shown. */
  static Script challengedForEver() {
    return Script.faults(
        (faults, runs) ->
            faults
                .on("^graph GET")
                .when(() -> runs.reached(2))
                .then(new Effect.ClaimsChallenge(CLAIMS)));
  }

  /** Tokens end, and the authority gives no others for this reason. */
  static Script refused(String error, int number) {
    return answered(Effect.signInError(400, error, number), Long.MAX_VALUE);
  }

  /** Tokens end, and the authority is in trouble at first. */
  static Script busy() {
    return answered(Effect.html(503), 1);
  }

  private static Script answered(Effect effect, long times) {
    return between(simulator -> simulator.tokens().expireAccessTokens())
        .beginning(
            simulator ->
                simulator
                    .faults()
                    .on(TOKEN)
                    .when(() -> simulator.runs().reached(2))
                    .times(times)
                    .then(effect));
  }

  /** The next person at a browser says no, and everybody who has a code. */
  static Script declined() {
    return new Script()
        .beginning(
            simulator -> {
              simulator.signIn().declineNext("access_denied", 65004, "User declined to consent.");
              simulator.signIn().declineDevices(true);
            });
  }

  /** People take their time to enter a code. */
  static Script slowDevice() {
    return new Script().settings(options -> options.devicePolls(5));
  }

  /** The service's clock is ahead. */
  static Script wrongClock(Duration ahead) {
    return new Script().settings(options -> options.clock(Clock.offset(options.clock, ahead)));
  }

  private static Script between(Consumer<Simulator> event) {
    return new Script()
        .beginning(
            simulator ->
                simulator
                    .runs()
                    .onBegin(
                        run -> {
                          if (run == 2) {
                            event.accept(simulator);
                          }
                        }));
  }
}
