package io.cloudstic.onedrive.client;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Sleeper;
import io.cloudstic.run.Stop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The one place that every call to a service passes, retries included. It holds a number of
 * permits, which its {@link Flow} decides about, and a fence: a moment, set by the service's own
 * headers, before which no worker sends anything, because calls made while throttled are counted
 * too (Graph documentation, "Microsoft Graph throttling guidance"). Thread-safe.
 */
public final class Gate {
  private static final double SCARCE = 0.2;
  private static final Duration LONGEST_RESET = Duration.ofHours(1);

  private final GateSettings settings;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Stop stop;
  private final RandomGenerator random;
  private final GateWatcher watcher;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();

  // All of these are guarded by the lock.
  private final Flow flow;
  private int inFlight;
  private int throttlesInRow;
  private long requests;
  private long answers;
  private Instant fence = Instant.MIN;
  private Instant nextStart = Instant.MIN;
  private Instant lastThrottle = Instant.MIN;
  private Instant waitingSince;
  private Duration pace = Duration.ZERO;
  private Instant paceUntil = Instant.MIN;
  private Duration throttled = Duration.ZERO;
  private PatienceException lostPatience;

  /**
   * An open gate.
   *
   * @param stop wakes those who wait for a permit
   * @param sleeper waits for the fence
   * @param watcher is told of waits; called on the waiting threads
   */
  public Gate(
      GateSettings settings,
      Clock clock,
      Sleeper sleeper,
      Stop stop,
      RandomGenerator random,
      GateWatcher watcher) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.stop = stop;
    this.random = random;
    this.watcher = watcher;
    this.flow = settings.flow();
    stop.onAsked(this::wakeAll);
  }

  /**
   * Returns when a request may be sent; it is counted. The pass must be closed when its answer has
   * been read or has failed.
   *
   * @throws StoppedException when the run is stopped meanwhile
   * @throws PatienceException when the service makes us wait for too long
   */
  public Pass enter() {
    return enter(1);
  }

  /**
   * The same for a call of such a cost, which counts where calls keep a distance.
   *
   * @param units resource units, as Microsoft counts them (Graph documentation, "Throttling
   *     limits": 1 for an item, a download or a delta with a token, 2 for other listings)
   */
  public Pass enter(int units) {
    while (true) {
      stop.check();
      Instant until;
      boolean fenced;
      lock.lock();
      try {
        awaitPermit();
        Instant now = clock.instant();
        fenced = fence.isAfter(now);
        until = fenced || nextStart.isBefore(fence) ? fence : nextStart;
        if (!until.isAfter(now)) {
          inFlight++;
          requests++;
          nextStart = now.plus(now.isBefore(paceUntil) ? pace.multipliedBy(units) : Duration.ZERO);
          return new Pass(now);
        }
      } finally {
        lock.unlock();
      }
      if (fenced) {
        watcher.waiting(settings.service(), until);
      }
      sleeper.sleep(Duration.between(clock.instant(), until));
    }
  }

  /** Requests let through so far. */
  public long requests() {
    return locked(() -> requests);
  }

  /** Answers so far that were neither throttles nor failures of the server. */
  public long answers() {
    return locked(() -> answers);
  }

  /** For how long, so far, nothing could be sent because the service had asked us to wait. */
  public Duration throttled() {
    return locked(
        () -> {
          Instant now = clock.instant();
          return fence.isAfter(now) ? throttled.minus(Duration.between(now, fence)) : throttled;
        });
  }

  /** How many calls may be in flight just now. */
  public int permits() {
    return locked(flow::permits);
  }

  private void awaitPermit() {
    while (true) {
      if (lostPatience != null) {
        throw lostPatience;
      }
      stop.check();
      if (inFlight < flow.permits()) {
        return;
      }
      try {
        room.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }

  private void answered(Instant sent, int status, Map<String, String> headers) {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (isThrottle(status, headers)) {
        throttle(sent, now, headers);
      } else {
        if (status < 500) {
          answers++;
          progress(sent, now);
        } else {
          flow.failed(now);
        }
        slowDownWhenScarce(now, headers);
      }
    } finally {
      room.signalAll();
      lock.unlock();
    }
  }

  /** A 503 without a wish is one call's trouble; fencing everybody for it would stop a run. */
  static boolean isThrottle(int status, Map<String, String> headers) {
    return status == 429 || status == 509 || status == 503 && headers.containsKey("Retry-After");
  }

  private void throttle(Instant sent, Instant now, Map<String, String> headers) {
    // Several calls in flight hit the same wall; only the first of them counts as a new throttle.
    if (sent.isAfter(lastThrottle)) {
      throttlesInRow++;
      flow.throttled();
      lastThrottle = now;
      pace = settings.pace();
      paceUntil = now.plus(settings.paceMemory());
    }
    waitingSince = waitingSince == null ? now : waitingSince;
    Duration wish = RetryAfter.of(headers, now).orElseGet(this::pause);
    Duration reset = RetryAfter.reset(headers).filter(this::isSensible).orElse(Duration.ZERO);
    raiseFence(now, now.plus(wish.compareTo(reset) < 0 ? reset : wish));
    Duration waiting = Duration.between(waitingSince, fence);
    if (waiting.compareTo(settings.patience()) > 0) {
      lostPatience = new PatienceException(settings.service(), waiting, settings.patience());
    }
  }

  /** Doubles with each throttle in a row, less up to a quarter, so that crowds come apart. */
  private Duration pause() {
    int doublings = Math.min(throttlesInRow - 1, 20);
    long millis =
        Math.min(settings.longestPause().toMillis(), settings.firstPause().toMillis() << doublings);
    return Duration.ofMillis((long) (millis * (1 - random.nextDouble() / 4)));
  }

  private void progress(Instant sent, Instant now) {
    if (!sent.isAfter(lastThrottle)) {
      return;
    }
    throttlesInRow = 0;
    waitingSince = null;
    flow.answered(now, inFlight);
  }

  /**
   * With less than a fifth of the limit left, what is left is spread over the time to the reset.
   */
  private void slowDownWhenScarce(Instant now, Map<String, String> headers) {
    double share = RetryAfter.share(headers).orElse(1.0);
    Duration reset = RetryAfter.reset(headers).filter(this::isSensible).orElse(Duration.ZERO);
    if (share >= SCARCE || reset.isZero()) {
      return;
    }
    long left = RetryAfter.remaining(headers).orElse(0L);
    if (left == 0) {
      raiseFence(now, now.plus(reset));
      return;
    }
    Duration spread = reset.dividedBy(left);
    pace = spread.compareTo(settings.pace()) > 0 ? spread : settings.pace();
    paceUntil = now.plus(reset);
  }

  private boolean isSensible(Duration reset) {
    return reset.compareTo(LONGEST_RESET) <= 0;
  }

  private void raiseFence(Instant now, Instant until) {
    if (until.isAfter(fence)) {
      throttled = throttled.plus(Duration.between(fence.isAfter(now) ? fence : now, until));
      fence = until;
    }
  }

  private void received(long bytes) {
    lock.lock();
    try {
      flow.received(bytes, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void broken() {
    lock.lock();
    try {
      flow.failed(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inFlight--;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wakeAll() {
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** The right to one request. Not thread-safe, but may move between threads. */
  public final class Pass implements AutoCloseable {
    private final Instant sent;
    private boolean answered;
    private boolean closed;

    private Pass(Instant sent) {
      this.sent = sent;
    }

    /** Tells the gate of an answer; header names compare in any case. */
    public void answered(int status, Map<String, String> headers) {
      answered = true;
      Gate.this.answered(sent, status, headers);
    }

    /** Tells the gate that so many bytes of the answer came. */
    public void received(long bytes) {
      Gate.this.received(bytes);
    }

    /** Tells the gate that the answer broke off. */
    public void broken() {
      Gate.this.broken();
    }

    /** Gives the permit back; once, however often it is called. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (!answered) {
          broken();
        }
        leave();
      }
    }
  }
}
