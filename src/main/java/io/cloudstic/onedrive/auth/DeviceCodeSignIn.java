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
import java.util.Optional;
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
  public Token signIn(String claims) {
    Attempt attempt = begin(claims);
    while (true) {
      sleeper.sleep(attempt.pace());
      Optional<Token> token = attempt.look();
      if (token.isPresent()) {
        return token.get();
      }
    }
  }

  /** Gets a code and shows it to the person. */
  Attempt begin(String claims) {
    DeviceAuthorizationSuccessResponse code = code(claims);
    say.accept(
        "To sign in, open "
            + code.getVerificationURI()
            + " in any browser and enter the code "
            + code.getUserCode().getValue());
    return new Attempt(code);
  }

  /** One code that a person may enter. Not thread-safe. */
  final class Attempt {
    private final DeviceCodeGrant grant;
    private final Instant deadline;
    private Duration pace;

    private Attempt(DeviceAuthorizationSuccessResponse code) {
      grant = new DeviceCodeGrant(code.getDeviceCode());
      deadline =
          clock
              .instant()
              .plusSeconds(
                  Math.min(code.getLifetime(), SignInLimits.LONGEST_DEVICE_WAIT.toSeconds()));
      pace =
          code.getInterval() > 0
              ? Duration.ofSeconds(
                  Math.min(code.getInterval(), SignInLimits.LONGEST_RETRY_AFTER.toSeconds()))
              : SignInLimits.DEVICE_POLL;
    }

    /** How long to wait before the next look. */
    Duration pace() {
      return pace;
    }

    /**
     * The token, if the code was entered.
     *
     * @throws SignInRequiredException when it was refused, or its time is over
     */
    Optional<Token> look() {
      try {
        return Optional.of(endpoint.exchange(grant, null, null));
      } catch (AuthorityUnavailableException e) {
        // The code lives on; ask again at the same pace.
      } catch (Refusal e) {
        switch (e.error().error()) {
          case "authorization_pending" -> {}
          case "slow_down" -> pace = pace.plus(SignInLimits.DEVICE_SLOW_DOWN);
          default -> throw e.toFailure("the sign-in");
        }
      }
      if (clock.instant().isBefore(deadline)) {
        return Optional.empty();
      }
      throw new SignInRequiredException(
          "the code was not entered in time",
          "start again: cloudstic auth login -device-code; or by browser: cloudstic auth login");
    }
  }

  private DeviceAuthorizationSuccessResponse code(String claims) {
    try {
      return DeviceAuthorizationSuccessResponse.parse(
          authority.ask(() -> request(claims).toHTTPRequest()));
    } catch (Refusal e) {
      throw e.toFailure("to give a device code");
    } catch (ParseException e) {
      // The exception may quote the answer, which holds the device code.
      throw new AuthorityUnavailableException(
          "the sign-in service's answer holds no usable device code", null);
    }
  }

  private DeviceAuthorizationRequest request(String claims) {
    DeviceAuthorizationRequest.Builder request =
        new DeviceAuthorizationRequest.Builder(new ClientID(settings.requireClientId()))
            .endpointURI(settings.deviceCodeEndpoint())
            .scope(new Scope(settings.scopes().toArray(String[]::new)));
    if (claims != null) {
      request.customParameter("claims", claims);
    }
    return request.build();
  }
}
