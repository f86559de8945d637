package io.cloudstic.simulator.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.RequestIds;
import io.cloudstic.simulator.wire.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sign-in host: {@code /TENANT/oauth2/v2.0/authorize}, {@code token} and {@code devicecode}.
 * Its user always agrees, unless told otherwise. Thread-safe.
 */
public final class SignInServer implements Site {
  private static final Pattern ENDPOINT =
      Pattern.compile("/([^/]+)/oauth2/v2\\.0/(authorize|token|devicecode|logout)");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SignInSettings settings;
  private final RequestIds ids;
  private final Tokens tokens;
  private final Tenants tenants;
  private final BrowserFlow browser;
  private final DeviceFlow devices;

  /** Signs users in, with tokens of this mint. */
  public SignInServer(SignInSettings settings, Tokens tokens) {
    this.settings = settings;
    this.ids = new RequestIds(settings.seed());
    this.tokens = tokens;
    this.tenants = new Tenants(settings);
    this.browser = new BrowserFlow(settings);
    this.devices = new DeviceFlow(settings);
  }

  /** The next user in the browser comes back with this error instead of a code. */
  public void declineNext(String error, int number, String message) {
    browser.declineNext(new SignInError(error, number, "AADSTS" + number + ": " + message));
  }

  /** Whether users of the device flow say no from now on. */
  public void declineDevices(boolean no) {
    devices.decline(no);
  }

  @Override
  public String name() {
    return "sign-in";
  }

  @Override
  public Reply answer(Call call) {
    Optional<Reply> scripted = call.scripted();
    if (scripted.isPresent()) {
      return scripted.get();
    }
    Matcher endpoint = ENDPOINT.matcher(call.target().getRawPath());
    if (!endpoint.matches()) {
      return call.target().getRawPath().equals("/devicelogin")
          ? Reply.html(200, "<h1>Enter the code</h1><p>The simulated user has done so already.</p>")
          : Reply.html(404, "<h1>404 Not Found</h1>");
    }
    try {
      tenants
          .problem(endpoint.group(1))
          .ifPresent(
              problem -> {
                throw problem.refused();
              });
      return answer(call, endpoint.group(1), endpoint.group(2));
    } catch (SignInError.Refused e) {
      return error(e.error());
    }
  }

  private Reply answer(Call call, String tenant, String endpoint) {
    if (endpoint.equals("authorize")) {
      return browser.authorize(call.query());
    }
    if (endpoint.equals("logout")) {
      return Reply.html(200, "<h1>You signed out of your account</h1>");
    }
    if (!call.method().equals("POST")) {
      return error(new SignInError("invalid_request", 900561, "The endpoint only accepts POST."));
    }
    Map<String, String> form = call.form();
    checkClient(form);
    return endpoint.equals("devicecode") ? devicecode(form) : token(form, tenant);
  }

  private void checkClient(Map<String, String> form) {
    String clientId = form.get("client_id");
    if (clientId == null || clientId.isEmpty()) {
      throw SignInError.missing("client_id").refused();
    }
    if (settings.clientId() != null && !settings.clientId().equals(clientId)) {
      throw new SignInError(
              "unauthorized_client", 700016, "Application was not found in the directory.")
          .refused();
    }
  }

  private Reply token(Map<String, String> form, String tenant) {
    String grant = form.getOrDefault("grant_type", "");
    boolean shows = form.containsKey("client_secret") || form.containsKey("client_assertion");
    if (grant.equals("client_credentials")) {
      return application(form, tenant);
    }
    if (shows) {
      throw new SignInError(
              "invalid_client", 700025, "Client is public so a secret should not be presented.")
          .refused();
    }
    String clientId = form.get("client_id");
    switch (grant) {
      case "authorization_code" -> {
        return signedIn(clientId, browser.redeem(form));
      }
      case "urn:ietf:params:oauth:grant-type:device_code" -> {
        return signedIn(clientId, devices.poll(form));
      }
      case "refresh_token" -> {
        Tokens.Refresh old =
            tokens
                .redeemable(form.get("refresh_token"))
                .filter(known -> known.clientId().equals(clientId))
                .orElseThrow(
                    () ->
                        SignInError.invalidGrant(
                                70000, "The provided value for 'refresh_token' is not valid.")
                            .refused());
        String claims = form.get("claims");
        if (tokens.needsPerson(claims)) {
          throw new SignInError(
                  "interaction_required", 50076, "You must use multi-factor authentication.")
              .refused();
        }
        return granted(tokens.renew(old, claims), form.getOrDefault("scope", old.scope()));
      }
      default ->
          throw new SignInError("unsupported_grant_type", 70003, "The grant type is not supported.")
              .refused();
    }
  }

  private Reply application(Map<String, String> form, String tenant) {
    if (!tenants.allowsApplications(tenant)) {
      throw new SignInError("invalid_request", 50059, "No tenant-identifying information found.")
          .refused();
    }
    if (!form.getOrDefault("scope", "").endsWith("/.default")) {
      throw new SignInError("invalid_scope", 70011, "The scope must end in /.default.").refused();
    }
    String secret = form.get("client_secret");
    if (secret == null && form.get("client_assertion") == null) {
      throw new SignInError("invalid_client", 7000218, "The request body must contain a secret.")
          .refused();
    }
    boolean wrong = settings.clientSecret() != null && !settings.clientSecret().equals(secret);
    if (wrong && secret != null) {
      throw new SignInError("invalid_client", 7000215, "Invalid client secret provided.").refused();
    }
    if (secret == null) {
      new Assertion(settings).check(form, tenant);
    }
    return granted(tokens.application(form.get("claims")), null);
  }

  private Reply signedIn(String clientId, Agreement agreement) {
    return granted(
        tokens.signIn(clientId, agreement.scope(), agreement.claims()), agreement.scope());
  }

  private Reply granted(Tokens.Pair pair, String scope) {
    ObjectNode answer = JSON.createObjectNode();
    boolean personal = settings.accountType() == AccountType.PERSONAL;
    answer.put("token_type", personal ? "bearer" : "Bearer");
    if (scope != null) {
      answer.put("scope", scope.replace("offline_access", "").trim());
    }
    Duration left = Duration.between(settings.clock().instant(), pair.expiry());
    answer.put("expires_in", left.toSeconds());
    answer.put("ext_expires_in", left.toSeconds());
    answer.put("access_token", pair.access());
    if (pair.refresh() != null) {
      answer.put("refresh_token", pair.refresh());
    }
    return json(200, answer).with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }

  private Reply devicecode(Map<String, String> form) {
    DeviceFlow.Codes codes = devices.begin(form);
    String page = settings.url() + "/devicelogin";
    ObjectNode answer = JSON.createObjectNode();
    answer.put("user_code", codes.userCode());
    answer.put("device_code", codes.deviceCode());
    answer.put("verification_uri", page);
    answer.put("expires_in", DeviceFlow.LIFE.toSeconds());
    answer.put("interval", DeviceFlow.INTERVAL.toSeconds());
    answer.put(
        "message",
        "To sign in, use a web browser to open the page %s and enter the code %s to authenticate."
            .formatted(page, codes.userCode()));
    return json(200, answer);
  }

  private Reply error(SignInError error) {
    Instant now = settings.clock().instant();
    ObjectNode answer = JSON.createObjectNode();
    String trace = ids.next();
    answer.put("error", error.error());
    answer.put(
        "error_description",
        "AADSTS%d: %s Trace ID: %s Timestamp: %s"
            .formatted(error.number(), error.message(), trace, STAMP.format(now)));
    answer.putArray("error_codes").add(error.number());
    answer.put("timestamp", STAMP.format(now));
    answer.put("trace_id", trace);
    answer.put("correlation_id", ids.next());
    boolean unauthorized = error.error().equals("invalid_client");
    return json(unauthorized ? 401 : 400, answer);
  }

  private static Reply json(int status, ObjectNode document) {
    try {
      return Reply.of(status, "application/json; charset=utf-8", JSON.writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
