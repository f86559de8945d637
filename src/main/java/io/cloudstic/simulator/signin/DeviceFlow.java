package io.cloudstic.simulator.signin;

import io.cloudstic.simulator.wire.Recent;
import io.cloudstic.simulator.wire.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The device flow (RFC 8628): the user agrees after some polls, or declines when told to. Polls
 * that come too fast are told to slow down. Thread-safe.
 */
final class DeviceFlow {
  /** How long the user may take. */
  static final Duration LIFE = Duration.ofMinutes(15);

  /** What the client has to wait between polls. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int CODES = 1_000;

  private final SignInSettings settings;
  private final Seal seal;
  private final Recent<Device> devices = new Recent<>(CODES);
  private volatile boolean declines;

  /** What the client shows its user. */
  record Codes(String deviceCode, String userCode) {}

  private static final class Device {
    final String clientId;
    final Agreement agreement;
    final Instant ends;
    Duration interval = INTERVAL;
    Instant lastPoll = Instant.MIN;
    int pollsLeft;
    boolean redeemed;

    Device(String clientId, Agreement agreement, Instant ends, int pollsLeft) {
      this.clientId = clientId;
      this.agreement = agreement;
      this.ends = ends;
      this.pollsLeft = pollsLeft;
    }
  }

  DeviceFlow(SignInSettings settings) {
    this.settings = settings;
    this.seal = new Seal(settings.seed(), "device", settings.clock().millis() << 20);
  }

  /** Whether users say no from now on. */
  void decline(boolean no) {
    declines = no;
  }

  Codes begin(Map<String, String> form) {
    Device device =
        new Device(
            form.getOrDefault("client_id", ""),
            new Agreement(form.getOrDefault("scope", ""), form.get("claims")),
            settings.clock().instant().plus(LIFE),
            settings.devicePolls());
    long number = devices.add(device);
    String userCode = String.format(Locale.ROOT, "SIM%06d", number % 1_000_000);
    return new Codes("DAQAB" + seal.close(Long.toString(number)), userCode);
  }

  /**
   * One poll.
   *
   * @return what was agreed to
   */
  Agreement poll(Map<String, String> form) {
    Device device =
        Optional.of(form.getOrDefault("device_code", ""))
            .filter(text -> text.startsWith("DAQAB"))
            .flatMap(text -> seal.open(text.substring(5)))
            .flatMap(number -> devices.find(Long.parseLong(number)))
            .filter(known -> known.clientId.equals(form.get("client_id")))
            .orElseThrow(
                () ->
                    new SignInError("bad_verification_code", 70018, "Invalid verification code.")
                        .refused());
    synchronized (device) {
      return poll(device);
    }
  }

  private Agreement poll(Device device) {
    Instant now = settings.clock().instant();
    if (now.isAfter(device.ends) || device.redeemed) {
      throw new SignInError("expired_token", 70019, "The device code has expired.").refused();
    }
    boolean tooFast = now.isBefore(device.lastPoll.plus(device.interval.minusMillis(200)));
    device.lastPoll = now;
    if (tooFast) {
      device.interval = device.interval.plus(INTERVAL);
      throw new SignInError("slow_down", 70016, "Polling too fast.").refused();
    }
    if (declines) {
      throw new SignInError("authorization_declined", 70017, "The user declined.").refused();
    }
    if (device.pollsLeft-- > 0) {
      throw new SignInError(
              "authorization_pending",
              70016,
              "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
          .refused();
    }
    device.redeemed = true;
    return device.agreement;
  }
}
