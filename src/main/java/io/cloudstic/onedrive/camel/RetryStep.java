package io.cloudstic.onedrive.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.onedrive.client.RetryRule;
import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/**
 * Decides after a failed attempt whether there is another, waits for it, and leaves the answer in
 * the property {@link #AGAIN}. It waits here, rather than as a redelivery delay, because Camel's
 * wait cannot be stopped. Stateless.
 */
public final class RetryStep implements Processor {
  /** Whether the call is tried once more; for {@code retryWhile}. */
  public static final String AGAIN = "cloudsticAgain";

  private static final String ATTEMPTS = "cloudstic.attempts";

  private final RetryRule rule;
  private final Sleeper sleeper;

  /** Steps by this rule. */
  public RetryStep(RetryRule rule, Sleeper sleeper) {
    this.rule = rule;
    this.sleeper = sleeper;
  }

  @Override
  public void process(Exchange exchange) {
    Exception failed = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Optional<Duration> pause = pause(exchange, failed);
    boolean again = pause.isPresent();
    try {
      pause.ifPresent(sleeper::sleep);
    } catch (StoppedException e) {
      again = false;
    }
    exchange.setProperty(AGAIN, again);
  }

  private Optional<Duration> pause(Exchange exchange, Exception failed) {
    RetryRule.Attempts attempts = exchange.getProperty(ATTEMPTS, RetryRule.Attempts.class);
    if (attempts == null) {
      attempts = new RetryRule.Attempts();
      exchange.setProperty(ATTEMPTS, attempts);
    }
    AttemptFailedException answered =
        ObjectHelper.getException(AttemptFailedException.class, failed);
    if (answered != null) {
      return rule.next(attempts, answered.reply());
    }
    boolean ours = ObjectHelper.getException(CloudsticException.class, failed) != null;
    boolean broken = ObjectHelper.getException(IOException.class, failed) != null;
    return broken && !ours ? rule.next(attempts) : Optional.empty();
  }
}
