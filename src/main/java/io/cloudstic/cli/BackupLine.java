package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.backup.BackupProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How a backup gets on, in one line: what is listed, read and left, and why it is slow. */
final class BackupLine {
  private final BackupProgress progress;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Rate rate;

  /**
   * A line that begins now.
   *
   * @param nanos as {@link System#nanoTime}
   */
  BackupLine(BackupProgress progress, Clock clock, LongSupplier nanos) {
    this.progress = progress;
    this.clock = clock;
    this.nanos = nanos;
    this.rate = new Rate(nanos.getAsLong());
  }

  /** The line of this moment; asked by one thread. */
  Ticker.Line now() {
    BackupProgress.State state = progress.state(clock.instant());
    long perSecond = rate.perSecond(nanos.getAsLong(), state.bytesDone());
    OptionalLong left =
        state.complete() && state.bytesFound() > state.bytesDone()
            ? Rate.secondsFor(state.bytesFound() - state.bytesDone(), perSecond)
            : OptionalLong.empty();
    return new Ticker.Line(text(state, perSecond, left), json(state, left));
  }

  private static String text(BackupProgress.State state, long perSecond, OptionalLong left) {
    String more = state.complete() ? "" : "+";
    StringBuilder line = new StringBuilder();
    if (state.waiting() != null) {
      // First, because a narrow terminal cuts the end.
      line.append(state.waiting().reason()).append("; ");
    } else if (state.listed() == 0 && state.filesFound() == 0 && !state.complete()) {
      return "starting";
    }
    if (state.listed() > 0) {
      line.append(state.listed()).append(" listed, ");
    }
    line.append(state.filesDone()).append('/').append(state.filesFound()).append(more);
    line.append(" files, ").append(Units.bytes(state.bytesDone()));
    if (state.bytesFound() > 0) {
      line.append(" of ").append(Units.bytes(state.bytesFound())).append(more);
    }
    line.append(", ").append(Units.bytes(perSecond)).append("/s");
    left.ifPresent(
        seconds ->
            line.append(", ").append(Units.time(Duration.ofSeconds(seconds))).append(" left"));
    if (state.failed() > 0) {
      line.append(", ").append(state.failed()).append(" failed");
    }
    return line.toString();
  }

  /** restic's status message, with what it has no field for. */
  private static ObjectNode json(BackupProgress.State state, OptionalLong left) {
    ObjectNode line = Json.object();
    line.put("message_type", "status");
    left.ifPresent(seconds -> line.put("seconds_remaining", seconds));
    double done = state.bytesFound() == 0 ? 0 : (double) state.bytesDone() / state.bytesFound();
    line.put("percent_done", Math.min(1, done));
    line.put("total_files", state.filesFound());
    line.put("files_done", state.filesDone());
    line.put("total_bytes", state.bytesFound());
    line.put("bytes_done", state.bytesDone());
    line.put("error_count", state.failed());
    line.put("items_listed", state.listed());
    if (state.waiting() != null) {
      line.put("waiting", state.waiting().reason());
    }
    return line;
  }
}
