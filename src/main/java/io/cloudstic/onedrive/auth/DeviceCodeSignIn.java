package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.cloudstic.run.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Signs a person in by a code that they type into a browser on any machine (RFC 8628). Some
 * organisations forbid it, because it is easily abused for phishing.
 */
final class DeviceCodeSignIn implements SignIn {
  private final SignInSettings settings;
  private final Authority authority;
  private final TokenEndpoint endpoint;
  private final Consumer<String> say;
  private final Sleeper sleeper;
  private final Clock clock;

  /**
   * A sign-in that may be tried several times.
   *
   * @param say shows a line to the person
   */
  DeviceCodeSignIn(
      SignInSettings settings,
      Authority authority,
      TokenEndpoint endpoint,
      Consumer<String> say,
      Sleeper sleeper,
      Clock clock) {
    this.settings = settings;
    this.authority = authority;
    this.endpoint = endpoint;
    this.say = say;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  @Override
  public Token signIn() {
    DeviceAuthorizationSuccessResponse code = code();
    say.accept(
        "To sign in, open "
            + code.getVerificationURI()
            + " in any browser and enter the code "
            + code.getUserCode().getValue());
    Duration lifetime =
        Duration.ofSeconds(
            Math.min(code.getLifetime(), SignInLimits.LONGEST_DEVICE_WAIT.toSeconds()));
    Duration pace =
        code.getInterval() > 0
            ? Duration.ofSeconds(
                Math.min(code.getInterval(), SignInLimits.LONGEST_RETRY_AFTER.toSeconds()))
            : SignInLimits.DEVICE_POLL;
    return poll(new DeviceCodeGrant(code.getDeviceCode()), pace, clock.instant().plus(lifetime));
  }

  private DeviceAuthorizationSuccessResponse code() {
    try {
      return DeviceAuthorizationSuccessResponse.parse(
          authority.ask(
              () ->
                  new DeviceAuthorizationRequest(
                          settings.deviceCodeEndpoint(),
                          new ClientID(settings.requireClientId()),
                          new Scope(settings.scopes().toArray(String[]::new)))
                      .toHTTPRequest()));
    } catch (Refusal e) {
      throw e.toFailure("to give a device code");
    } catch (ParseException e) {
      // The exception may quote the answer, which holds the device code.
      throw new AuthorityUnavailableException(
          "the sign-in service's answer holds no usable device code", null);
    }
  }

  private Token poll(DeviceCodeGrant grant, Duration firstPace, Instant deadline) {
    Duration pace = firstPace;
    while (clock.instant().isBefore(deadline)) {
      sleeper.sleep(pace);
      try {
        return endpoint.exchange(grant, null);
      } catch (AuthorityUnavailableException e) {
        // The code lives on; ask again at the same pace.
      } catch (Refusal e) {
        switch (e.error().error()) {
          case "authorization_pending" -> {}
          case "slow_down" -> pace = pace.plus(SignInLimits.DEVICE_SLOW_DOWN);
          default -> throw e.toFailure("the sign-in");
        }
      }
    }
    throw new SignInRequiredException(
        "the code was not entered in time",
        "start again: cloudstic auth login -device-code; or by browser: cloudstic auth login");
  }
}
