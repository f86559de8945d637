package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.tree.TerminalText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows how a command gets on: a line redrawn in place on a terminal, one a minute elsewhere,
 * {@code status} lines when JSON was asked for, and nothing when quiet.
 */
final class Ticker implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * The state of a moment.
   *
   * @param text for people
   * @param json for programs
   */
  record Line(String text, ObjectNode json) {}

  private final CommandContext context;
  private final Supplier<Line> state;
  private final boolean drawn;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService timer;
  private boolean onScreen;

  private Ticker(CommandContext context, Supplier<Line> state) {
    this.context = context;
    this.state = state;
    this.drawn = context.console().terminal().canDraw() && !context.global().json;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cloudstic-progress");
              thread.setDaemon(true);
              return thread;
            });
    if (!context.global().quiet) {
      long every = (drawn ? REDRAW : MINUTE).toMillis();
      timer.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
    }
  }

  static Ticker start(CommandContext context, Supplier<Line> state) {
    return new Ticker(context, state);
  }

  private synchronized void show() {
    if (timer.isShutdown()) {
      return;
    }
    Line line = state.get();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    if (context.global().json) {
      if (context.console().openArray() != null) {
        return;
      }
      line.json().put("seconds_elapsed", elapsed.toSeconds());
      context.printJson(line.json());
      return;
    }
    String text = "[" + Units.time(elapsed) + "] " + TerminalText.escape(line.text());
    if (drawn) {
      onScreen = true;
      context.console().draw(text);
    } else {
      context.console().err().println(text);
      context.console().err().flush();
    }
  }

  /** Stops, and leaves the terminal's line empty. */
  @Override
  public synchronized void close() {
    timer.shutdownNow();
    if (onScreen) {
      context.console().draw("");
    }
  }
}
