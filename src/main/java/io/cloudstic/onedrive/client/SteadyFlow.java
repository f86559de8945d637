package io.cloudstic.onedrive.client;

import java.time.Instant;

/** Grows by one with so many answers for each permit, and is halved by a throttle. */
final class SteadyFlow implements Flow {
  private final int most;
  private final int answersPerGrowth;
  private int permits;
  private int answers;

  SteadyFlow(int first, int most, int answersPerGrowth) {
    this.permits = first;
    this.most = most;
    this.answersPerGrowth = answersPerGrowth;
  }

  @Override
  public int permits() {
    return permits;
  }

  @Override
  public void answered(Instant now, int inFlight) {
    answers++;
    if (permits < most && answers >= permits * answersPerGrowth) {
      permits++;
      answers = 0;
    }
  }

  @Override
  public void received(long bytes, Instant now) {}

  @Override
  public void failed(Instant now) {}

  @Override
  public void throttled() {
    permits = Math.max(1, permits / 2);
    answers = 0;
  }
}
