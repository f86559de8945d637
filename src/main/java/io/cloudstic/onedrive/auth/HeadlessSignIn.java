package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.UsageException;
import io.cloudstic.run.Stop;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs a person in where this machine has no browser: by a code that is typed into any other
 * machine's, and, for organisations that forbid such codes, by an address whose end is pasted here.
 * Whichever is used first counts.
 */
final class HeadlessSignIn implements SignIn {
  private final DeviceCodeSignIn devices;
  private final BrowserSignIn browsers;
  private final Consumer<String> say;
  private final Clock clock;
  private final Stop stop;

  /**
   * A sign-in that may be tried several times.
   *
   * @param say shows a line to the person
   */
  HeadlessSignIn(
      DeviceCodeSignIn devices,
      BrowserSignIn browsers,
      Consumer<String> say,
      Clock clock,
      Stop stop) {
    this.devices = devices;
    this.browsers = browsers;
    this.say = say;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Token signIn(String claims) {
    DeviceCodeSignIn.Attempt device;
    try {
      device = devices.begin(claims);
    } catch (UsageException e) {
      throw e;
    } catch (CloudsticException e) {
      say.accept("There is no device code: " + e.getMessage());
      return browsers.signIn(claims);
    }
    try (BrowserSignIn.Attempt browser = browsers.begin(claims)) {
      say.accept("Or open this address in a browser:");
      browser.show();
      return first(device, browser);
    }
  }

  /** The code's life bounds the wait. */
  private Token first(DeviceCodeSignIn.Attempt device, BrowserSignIn.Attempt browser) {
    Instant due = clock.instant().plus(device.pace());
    while (true) {
      stop.check();
      Optional<Token> token = browser.look();
      if (token.isEmpty() && !clock.instant().isBefore(due)) {
        token = device.look();
        due = clock.instant().plus(device.pace());
      }
      if (token.isPresent()) {
        return token.get();
      }
    }
  }
}
