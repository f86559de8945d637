package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.backup.BackupProgress;
import java.time.Duration;

/** How a backup gets on, in one line: what is listed, read and left, and why it is slow. */
final class BackupLine {
  private final BackupProgress progress;
  private final long began = System.nanoTime();

  BackupLine(BackupProgress progress) {
    this.progress = progress;
  }

  Ticker.Line now() {
    BackupProgress.State state = progress.state();
    double seconds = Math.max(0.001, (System.nanoTime() - began) / 1e9);
    return new Ticker.Line(text(state, Math.round(state.bytesDone() / seconds)), json(state));
  }

  private static String text(BackupProgress.State state, long rate) {
    String more = state.complete() ? "" : "+";
    StringBuilder line = new StringBuilder();
    if (state.listed() > 0) {
      line.append(state.listed()).append(" listed, ");
    }
    line.append(state.filesDone()).append('/').append(state.filesFound()).append(more);
    line.append(" files, ").append(Units.bytes(state.bytesDone()));
    if (state.bytesFound() > 0) {
      line.append(" of ").append(Units.bytes(state.bytesFound())).append(more);
    }
    line.append(", ").append(Units.bytes(rate)).append("/s");
    if (state.complete() && rate > 0 && state.bytesFound() > state.bytesDone()) {
      Duration left = Duration.ofSeconds((state.bytesFound() - state.bytesDone()) / rate);
      line.append(", ").append(Units.time(left)).append(" left");
    }
    if (state.failed() > 0) {
      line.append(", ").append(state.failed()).append(" failed");
    }
    if (state.waiting() != null) {
      line.append("; ").append(state.waiting());
    }
    return line.toString();
  }

  /** restic's status message, with what it has no field for. */
  private static ObjectNode json(BackupProgress.State state) {
    ObjectNode line = Json.object();
    line.put("message_type", "status");
    double done = state.bytesFound() == 0 ? 0 : (double) state.bytesDone() / state.bytesFound();
    line.put("percent_done", Math.min(1, done));
    line.put("total_files", state.filesFound());
    line.put("files_done", state.filesDone());
    line.put("total_bytes", state.bytesFound());
    line.put("bytes_done", state.bytesDone());
    line.put("error_count", state.failed());
    line.put("items_listed", state.listed());
    if (state.waiting() != null) {
      line.put("waiting", state.waiting());
    }
    return line;
  }
}
