package io.cloudstic.simulator.signin;

import io.cloudstic.simulator.wire.Recent;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.Seal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The authorization code flow with PKCE (RFC 6749, RFC 7636): the user agrees at once, and the
 * browser is sent back with a code that lives ten minutes and works once. Thread-safe.
 */
final class BrowserFlow {
  private static final Duration CODE_LIFE = Duration.ofMinutes(10);
  private static final int CODES = 1_000;

  private final SignInSettings settings;
  private final Seal seal;
  private final Recent<Code> codes = new Recent<>(CODES);
  private final AtomicReference<SignInError> decline = new AtomicReference<>();

  private record Code(
      String clientId,
      String redirectUri,
      Agreement agreement,
      String challenge,
      Instant ends,
      AtomicBoolean used) {}

  BrowserFlow(SignInSettings settings) {
    this.settings = settings;
    this.seal = new Seal(settings.seed(), "code", settings.clock().millis() << 20);
  }

  /** The next user who is asked does not agree. */
  void declineNext(SignInError error) {
    decline.set(error);
  }

  /** What the browser gets. */
  Reply authorize(Map<String, String> query) {
    String redirect = query.getOrDefault("redirect_uri", "");
    String clientId = query.getOrDefault("client_id", "");
    if (!isLoopback(redirect)) {
      return page("AADSTS50011: The redirect URI specified in the request is not registered.");
    }
    if (clientId.isEmpty()
        || settings.clientId() != null && !settings.clientId().equals(clientId)) {
      return page("AADSTS700016: Application was not found in the directory.");
    }
    SignInError declined = decline.getAndSet(null);
    if (declined != null) {
      return back(redirect, query, "error", declined.error(), declined.message());
    }
    String challenge = query.get("code_challenge");
    boolean plain = challenge != null && !"S256".equals(query.get("code_challenge_method"));
    if (!"code".equals(query.get("response_type")) || plain) {
      return back(redirect, query, "error", "invalid_request", "AADSTS9002313: Invalid request.");
    }
    Code code =
        new Code(
            clientId,
            redirect,
            new Agreement(query.getOrDefault("scope", ""), query.get("claims")),
            challenge,
            settings.clock().instant().plus(CODE_LIFE),
            new AtomicBoolean());
    return back(redirect, query, "code", "0.A" + seal.close(Long.toString(codes.add(code))), null);
  }

  /**
   * Redeems a code.
   *
   * @return what was agreed to
   */
  Agreement redeem(Map<String, String> form) {
    Code code =
        Optional.of(form.getOrDefault("code", ""))
            .filter(text -> text.startsWith("0.A"))
            .flatMap(text -> seal.open(text.substring(3)))
            .flatMap(number -> codes.find(Long.parseLong(number)))
            .orElseThrow(() -> SignInError.invalidGrant(70000, "The code is not valid.").refused());
    if (!code.clientId.equals(form.get("client_id"))) {
      throw SignInError.invalidGrant(700005, "The code was issued to another client.").refused();
    }
    if (!code.redirectUri.equals(form.get("redirect_uri"))) {
      throw SignInError.invalidGrant(500112, "The reply address does not match.").refused();
    }
    if (code.ends.isBefore(settings.clock().instant())) {
      throw SignInError.invalidGrant(70008, "The provided authorization code has expired.")
          .refused();
    }
    if (!proves(form.get("code_verifier"), code.challenge)) {
      throw SignInError.invalidGrant(501481, "The Code_Verifier does not match.").refused();
    }
    if (!code.used.compareAndSet(false, true)) {
      throw SignInError.invalidGrant(54005, "OAuth2 Authorization code was already redeemed.")
          .refused();
    }
    return code.agreement;
  }

  private static boolean proves(String verifier, String challenge) {
    if (challenge == null || verifier == null) {
      return challenge == null && verifier == null;
    }
    if (!verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
      return false;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).equals(challenge);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** {@code http} is for loopback only; which port does not matter. */
  private static boolean isLoopback(String redirect) {
    try {
      URI uri = URI.create(redirect);
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && Set.of("localhost", "127.0.0.1").contains(uri.getHost())
          && uri.getRawQuery() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Reply back(
      String redirect, Map<String, String> query, String name, String value, String description) {
    StringBuilder url = new StringBuilder(redirect);
    if (URI.create(redirect).getRawPath().isEmpty()) {
      url.append('/');
    }
    url.append('?').append(name).append('=').append(encode(value));
    if (description != null) {
      url.append("&error_description=").append(encode(description));
    }
    if (query.containsKey("state")) {
      url.append("&state=").append(encode(query.get("state")));
    }
    return Reply.empty(302).with("Location", url.toString());
  }

  private static Reply page(String message) {
    return Reply.html(
        400, "<!DOCTYPE html><html><body><h1>Sign in</h1><p>" + message + "</p></body></html>");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
