package io.cloudstic.simulator.wire;

import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Applies what is to happen at an offset of the body, and the bandwidth. Not thread-safe. */
final class SpoiledStream extends OutputStream {
  /** What a limited line sends in one go: a hundredth of a second, but whole packets. */
  private static final int SMALLEST_PACKET = 1400;

  private final OutputStream out;
  private final List<Effect> waiting;
  private final long bytesPerSecond;
  private final Sleeper sleeper;
  private long sent;

  SpoiledStream(OutputStream out, List<Effect> effects, long bytesPerSecond, Sleeper sleeper) {
    this.out = out;
    this.waiting = new ArrayList<>(effects);
    this.waiting.removeIf(effect -> at(effect) < 0);
    this.bytesPerSecond = bytesPerSecond;
    this.sleeper = sleeper;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int count = (int) Math.min(end - from, untilNextEvent());
      if (bytesPerSecond > 0) {
        count = (int) Math.min(count, Math.max(SMALLEST_PACKET, bytesPerSecond / 100));
        sleeper.sleep(Duration.ofNanos(count * 1_000_000_000L / bytesPerSecond));
      }
      out.write(data, from, count);
      from += count;
      sent += count;
      happen();
    }
  }

  /** Runs events that lie at the very start; called before the first byte. */
  void happen() throws IOException {
    for (Effect effect : List.copyOf(waiting)) {
      if (at(effect) > sent) {
        continue;
      }
      waiting.remove(effect);
      if (effect instanceof Effect.Stall stall) {
        out.flush();
        sleeper.sleep(stall.duration());
      } else if (effect instanceof Effect.During during) {
        out.flush();
        during.mutation().run();
      } else {
        out.flush();
        throw new IOException("the plan cuts the connection here");
      }
    }
  }

  private long untilNextEvent() {
    long next = Long.MAX_VALUE;
    for (Effect effect : waiting) {
      next = Math.min(next, at(effect) - sent);
    }
    return next;
  }

  private static long at(Effect effect) {
    if (effect instanceof Effect.Cut cut) {
      return cut.afterBytes();
    }
    if (effect instanceof Effect.Stall stall) {
      return stall.afterBytes();
    }
    return effect instanceof Effect.During during ? during.afterBytes() : -1;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
