package io.cloudstic.doctor;

import io.cloudstic.run.Stop;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Compares the clock with a service's, which tells the time with every answer, even a refusal. */
public final class ClockExamination {
  /** Less than this is the way of the answer, and harmless. */
  private static final Duration HARMLESS = Duration.ofMinutes(1);

  /** Entra ID refuses tokens beyond. */
  private static final Duration OF_TOKENS = Duration.ofMinutes(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String REMEDY = "set the clock: timedatectl set-ntp true";

  private final String name;
  private final String whose;

  /** Beyond which it fails; null for never. */
  private final Duration tooMuch;

  private final Clock clock;

  private ClockExamination(String name, String whose, Duration tooMuch, Clock clock) {
    this.name = name;
    this.whose = whose;
    this.tooMuch = tooMuch;
    this.clock = clock;
  }

  /** A comparison of this clock with that of Graph, for tokens. */
  public static ClockExamination withMicrosoft(Clock clock) {
    return new ClockExamination("clock", "Microsoft's", OF_TOKENS, clock);
  }

  /**
   * A comparison of this clock with that of a store. S3 refuses signatures of other times beyond 15
   * minutes, but its client corrects them by the answers; locks have the wrong time all the same.
   */
  public static ClockExamination withStore(Clock clock) {
    return new ClockExamination("store: clock", "the store's", null, clock);
  }

  /** Asks the service, without a token; any answer will do. */
  public Finding ask(URI service, Stop stop) {
    stop.check();
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    HttpRequest request = HttpRequest.newBuilder(service).timeout(TIMEOUT).build();
    try {
      HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return judge(answer.headers().firstValue("Date").flatMap(ClockExamination::date));
    } catch (IOException e) {
      return Finding.warn(
          name,
          service.getHost() + " cannot be reached to compare the time: " + reason(e),
          "look at the network, the proxy and the firewall");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn(name, "interrupted", null);
    }
  }

  private static String reason(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "no such host";
      }
      if (t instanceof SSLException) {
        return "its certificate or encryption is not accepted";
      }
    }
    return e instanceof HttpTimeoutException
        ? "no answer within " + TIMEOUT.toSeconds() + " s"
        : "the connection is refused or breaks off";
  }

  /** What a difference means. */
  Finding judge(Optional<Instant> there) {
    if (there.isEmpty()) {
      return Finding.warn(name, "the service does not tell the time", REMEDY);
    }
    Duration difference = Duration.between(there.get(), clock.instant());
    if (difference.abs().compareTo(HARMLESS) <= 0) {
      return Finding.pass(name, "agrees with " + whose);
    }
    String message =
        "is %d s %s"
            .formatted(difference.abs().toSeconds(), difference.isNegative() ? "slow" : "fast");
    message += " beside " + whose;
    if (tooMuch == null) {
      return Finding.warn(name, message + ": others may take our locks for old ones", REMEDY);
    }
    return difference.abs().compareTo(tooMuch) <= 0
        ? Finding.warn(name, message, REMEDY)
        : Finding.fail(name, message + ": tokens are refused", REMEDY);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
