package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns the authority's error into what the user must do. The OAuth error decides which kind of
 * failure it is; Entra's number only refines the advice. Numbers as in Microsoft's "Microsoft Entra
 * authentication and authorization error codes".
 */
final class SignInAdvice {
  /** A client that loops is told to wait; signing in again would be one request more. */
  private static final int LOOP_DETECTED = 50196;

  private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error");

  private static final Set<String> SIGN_IN =
      Set.of(
          "invalid_grant",
          "interaction_required",
          "consent_required",
          "login_required",
          "access_denied",
          "authorization_declined",
          "expired_token",
          "bad_verification_code");

  private static final Set<String> CONFIGURATION =
      Set.of(
          "invalid_request",
          "invalid_client",
          "unauthorized_client",
          "invalid_scope",
          "invalid_resource",
          "unsupported_grant_type",
          "unsupported_response_type");

  private static final String AGAIN = SignInRequiredException.LOGIN;
  private static final String CHECK_SETTINGS =
      "check ONEDRIVE_CLIENT_ID, ONEDRIVE_TENANT, CLOUDSTIC_CLOUD and onedrive.scopes against the"
          + " app's registration";

  private static final Map<Integer, String> BY_NUMBER = new HashMap<>();

  static {
    say("sign in again: cloudstic auth login", 70000, 70008);
    say(
        "the sign-in was not used for too long (90 days); sign in again: cloudstic auth login",
        700082,
        700081);
    say(
        "the app's registration has its redirect URI under \"Single-page application\", whose"
            + " sign-ins end after a day: move http://localhost to \"Mobile and desktop"
            + " applications\", then: cloudstic auth login",
        700084,
        9002327);
    say(
        "the password was changed or the sign-in revoked; sign in again: cloudstic auth login",
        50173,
        50132,
        50133);
    say(
        "Microsoft asks for a second factor; sign in again in a browser: cloudstic auth login",
        50072,
        50074,
        50076,
        50078,
        50079);
    say(
        "a conditional-access rule of the organisation blocks this sign-in: ask its administrator;"
            + " where only the device code is blocked, sign in by browser: cloudstic auth login",
        50097,
        50129,
        50131,
        53000,
        53001,
        53002,
        53003,
        53004,
        530003,
        530034);
    say(
        "the app's permissions have not been accepted: sign in with cloudstic auth login and accept"
            + " them, or ask an administrator to",
        65001,
        65002);
    say("the sign-in was declined; to try again: cloudstic auth login", 65004);
    say(
        "an administrator has to consent to the app first: ask them to open the app under Enterprise"
            + " applications and grant consent; then: cloudstic auth login",
        90094,
        90095,
        900941);
    say(
        "the app's registration lacks a permission: add the delegated permissions of Microsoft Graph"
            + " User.Read and Files.Read (and what onedrive.scopes asks for)",
        65005);
    say(
        "in the app's registration, under Authentication, add http://localhost as a redirect URI of"
            + " the platform \"Mobile and desktop applications\"",
        50011);
    say(
        "this account is not in the tenant: set ONEDRIVE_TENANT to its own tenant (or to common), or"
            + " have the account invited",
        50020);
    say("there is no such user: sign in with another account: cloudstic auth login", 50034, 51004);
    say("the password or code was wrong; try again: cloudstic auth login", 50126);
    say(
        "there is no such tenant: check ONEDRIVE_TENANT (its id or domain) and CLOUDSTIC_CLOUD",
        90002,
        900023,
        50128,
        50059);
    say(
        "the certificate is not the one in the app's registration: upload it there, under"
            + " Certificates & secrets, or correct ONEDRIVE_CLIENT_CERTIFICATE",
        700027,
        700023,
        50027);
    say(
        "the clock of this machine is wrong by more than some minutes: set it (timedatectl status)",
        EntraError.ASSERTION_OUT_OF_TIME);
    say(
        "an administrator has disabled the app, or its service principal: ask them to enable it",
        7000112);
    say("the account is locked: wait, or ask the administrator", 50053);
    say(
        "the password has expired: change it, then sign in again: cloudstic auth login",
        50055,
        50144);
    say("the account is disabled: ask the administrator", 50057);
    say("the sign-in took too long; start again: cloudstic auth login", 50058, 50089);
    say("the account is not assigned to the app: ask an administrator to assign it", 50105);
    say(
        "the app belongs to a single tenant: set ONEDRIVE_TENANT to that tenant's id or domain",
        50194);
    say(
        "the app is for personal accounts only: set ONEDRIVE_TENANT to consumers",
        9002331,
        9002346);
    say(
        "too many identical requests: wait some minutes, and look for another cloudstic that loops",
        LOOP_DETECTED);
    say(
        "a scope is wrong for this cloud: check CLOUDSTIC_CLOUD, CLOUDSTIC_GRAPH_URL and"
            + " onedrive.scopes",
        500011,
        70011);
    say(
        "the answer belongs to another sign-in; start again, once: cloudstic auth login",
        501481,
        54005);
    say(
        "the app is not known there: check ONEDRIVE_CLIENT_ID, ONEDRIVE_TENANT and CLOUDSTIC_CLOUD",
        700016);
    say(
        "ONEDRIVE_CLIENT_SECRET is wrong: it is the secret's value, not its id; make a new one"
            + " under Certificates & secrets",
        7000215);
    say("ONEDRIVE_CLIENT_SECRET has expired: make a new one under Certificates & secrets", 7000222);
    say(
        "in the app's registration, under Authentication, set \"Allow public client flows\" to Yes;"
            + " or, for app-only sign-in, set ONEDRIVE_CLIENT_SECRET",
        7000218);
    say(
        "the app's registration is not that of a public client: under Authentication, add"
            + " http://localhost for the platform \"Mobile and desktop applications\"; unset"
            + " ONEDRIVE_CLIENT_SECRET to sign in as a person",
        700025);
  }

  private SignInAdvice() {}

  private static void say(String advice, int... numbers) {
    for (int number : numbers) {
      BY_NUMBER.put(number, advice);
    }
  }

  /** Whether the same request may succeed in a moment. */
  static boolean mayPass(EntraError error) {
    return PASSING.contains(error.error());
  }

  /**
   * The failure that the user is told.
   *
   * @param what was refused, such as "the sign-in"
   * @param secrets what must not be shown
   */
  static CloudsticException failure(String what, EntraError error, Collection<String> secrets) {
    String message = "Microsoft refused " + what + ": " + error.describe(secrets);
    String advice =
        error.numbers().stream()
            .map(BY_NUMBER::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (error.numbers().contains(LOOP_DETECTED)) {
      return new CloudsticException(ExitCode.FAILED, message, BY_NUMBER.get(LOOP_DETECTED), null);
    }
    if (SIGN_IN.contains(error.error())) {
      return new SignInRequiredException(message, advice != null ? advice : byError(error.error()));
    }
    if (CONFIGURATION.contains(error.error())) {
      return new UsageException(message, advice != null ? advice : CHECK_SETTINGS);
    }
    return new CloudsticException(
        ExitCode.FAILED,
        message,
        advice != null ? advice : "try again later; if it stays, " + CHECK_SETTINGS,
        null);
  }

  private static String byError(String error) {
    return switch (error) {
      case "access_denied", "authorization_declined" ->
          "the sign-in was declined; to try again: cloudstic auth login";
      case "expired_token" -> "the code was not entered in time; start again: cloudstic auth login";
      case "consent_required" ->
          "sign in with cloudstic auth login and accept the permissions, or ask an administrator to";
      default -> AGAIN;
    };
  }
}
