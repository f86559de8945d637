package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.minidev.json.JSONObject;

/**
 * Asks the sign-in service, patiently: what may pass is tried again a few times, as late as the
 * service asks. Thread-safe when the sender is.
 */
final class Authority {
  // Everything else that a form holds is a secret: tokens, codes, verifiers, assertions.
  private static final Set<String> SHOWABLE =
      Set.of("client_id", "grant_type", "scope", "redirect_uri", "client_assertion_type");

  private final HTTPRequestSender sender;
  private final Sleeper sleeper;
  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  Authority(HTTPRequestSender sender, Sleeper sleeper, Clock clock) {
    this.sender = sender;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  /** The time, by which the lifetimes in replies count. */
  Clock clock() {
    return clock;
  }

  /**
   * The time over there, for what is judged by it: ours until a reply has shown that the two differ
   * by more than a minute.
   */
  Instant timeThere() {
    return clock.instant().plus(ahead);
  }

  private void compareClocks(String date) {
    Instant now = clock.instant();
    try {
      Duration difference =
          Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
      boolean matters = difference.abs().compareTo(SignInLimits.CLOCK_TOLERANCE) > 0;
      ahead = matters ? difference : Duration.ZERO;
    } catch (DateTimeException e) {
      // No date that can be read tells nothing.
    }
  }

  /** A request, made anew for each try. */
  @FunctionalInterface
  interface Request {
    HTTPRequest make();
  }

  /**
   * The JSON object of a successful reply.
   *
   * @throws Refusal when the authority says no
   * @throws AuthorityUnavailableException when it cannot be reached or makes no sense
   */
  JSONObject ask(Request request) throws Refusal {
    Duration delay = SignInLimits.FIRST_DELAY;
    for (int attempt = 1; ; attempt++) {
      Try result = attempt(request.make());
      if (result.json() != null) {
        return result.json();
      }
      Duration wait = result.retryAfter().orElse(delay);
      if (attempt == SignInLimits.ATTEMPTS
          || !result.mayPass()
          || wait.compareTo(SignInLimits.LONGEST_RETRY_AFTER) > 0) {
        throw new AuthorityUnavailableException(result.problem(), result.cause());
      }
      sleeper.sleep(wait);
      delay = delay.multipliedBy(2);
    }
  }

  private Try attempt(HTTPRequest request) throws Refusal {
    String where = TrustedHosts.describe(request.getURI().toString());
    HTTPResponse reply;
    try {
      reply = request.send(sender);
    } catch (IOException e) {
      return Try.failed("cannot reach " + where + ": " + reason(e), true, e);
    }
    String date = reply.getHeaderValue("Date");
    if (date != null) {
      compareClocks(date);
    }
    int status = reply.getStatusCode();
    if (status == 200) {
      return success(where, reply.getBody());
    }
    Optional<EntraError> error = EntraError.parse(reply.getBody());
    boolean mayPass =
        status >= 500
            || status == 429
            || status == 408
            || error.filter(SignInAdvice::mayPass).isPresent();
    if (!mayPass && status >= 400 && error.isPresent()) {
      throw new Refusal(error.get(), secrets(request));
    }
    Duration wait = RetryAfter.parse(reply.getHeaderValue("Retry-After"), clock.instant());
    String problem =
        where
            + " answered with status "
            + status
            + error.map(e -> ", " + e.describe(secrets(request))).orElse("")
            + (wait == null ? "" : ", and asks to wait " + wait.toSeconds() + " s");
    return new Try(null, problem, mayPass, Optional.ofNullable(wait), null);
  }

  /** A page of HTML in place of JSON comes from a proxy or a portal in between, and may pass. */
  private static Try success(String where, String body) {
    try {
      return new Try(
          JSONObjectUtils.parse(body == null ? "" : body), null, false, Optional.empty(), null);
    } catch (ParseException e) {
      // The exception may quote the body, which may hold tokens.
      return Try.failed(where + " answered with something that is not JSON", true, null);
    }
  }

  /** What must not be shown of a request, even when the reply repeats it. */
  private static List<String> secrets(HTTPRequest request) {
    try {
      return request.getBodyAsFormParameters().entrySet().stream()
          .filter(parameter -> !SHOWABLE.contains(parameter.getKey()))
          .flatMap(parameter -> parameter.getValue().stream())
          .toList();
    } catch (ParseException e) {
      throw new IllegalStateException("every request to the authority is a form");
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /**
   * One try.
   *
   * @param json of the reply, or null when there is none
   * @param problem what happened instead
   * @param mayPass whether to try again
   * @param retryAfter when, if the authority says
   */
  private record Try(
      JSONObject json,
      String problem,
      boolean mayPass,
      Optional<Duration> retryAfter,
      Throwable cause) {
    static Try failed(String problem, boolean mayPass, Throwable cause) {
      return new Try(null, problem, mayPass, Optional.empty(), cause);
    }
  }
}
