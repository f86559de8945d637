package io.cloudstic.doctor;

import io.cloudstic.run.Stop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Compares the clock with a service's, which tells the time with every answer, even a refusal. */
public final class ClockExamination {
  private static final String NAME = "clock";

  /** Less than this is the way of the answer, and harmless. */
  private static final Duration HARMLESS = Duration.ofMinutes(1);

  /** Signatures and tokens are refused beyond: Entra ID at 5 minutes, S3 at 15. */
  private static final Duration TOO_MUCH = Duration.ofMinutes(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String REMEDY = "set the clock: timedatectl set-ntp true";

  private final Clock clock;

  /** A comparison of this clock. */
  public ClockExamination(Clock clock) {
    this.clock = clock;
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
          NAME,
          service.getHost()
              + " cannot be reached to compare the time: "
              + e.getClass().getSimpleName(),
          "look at the network, the proxy and the firewall");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn(NAME, "interrupted", null);
    }
  }

  /** What a difference means. */
  Finding judge(Optional<Instant> there) {
    if (there.isEmpty()) {
      return Finding.warn(NAME, "the service does not tell the time", REMEDY);
    }
    Duration difference = Duration.between(there.get(), clock.instant());
    if (difference.abs().compareTo(HARMLESS) <= 0) {
      return Finding.pass(NAME, "agrees with Microsoft's");
    }
    String message =
        "is %d s %s"
            .formatted(difference.abs().toSeconds(), difference.isNegative() ? "slow" : "fast");
    return difference.abs().compareTo(TOO_MUCH) <= 0
        ? Finding.warn(NAME, message, REMEDY)
        : Finding.fail(NAME, message + ": signatures and tokens are refused", REMEDY);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
