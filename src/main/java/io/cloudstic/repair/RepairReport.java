package io.cloudstic.repair;

import io.cloudstic.repair.RepairStep.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a repair did, or would do. Thread-safe. */
public final class RepairReport {
  private static final int KEPT = 1000;

  private final Consumer<RepairStep> listener;
  private final List<RepairStep> steps = new ArrayList<>();
  private final Map<Action, Long> counts = new EnumMap<>(Action.class);

  RepairReport(Consumer<RepairStep> listener) {
    this.listener = listener;
  }

  synchronized void add(RepairStep step) {
    counts.merge(step.action(), 1L, Long::sum);
    if (steps.size() < KEPT) {
      steps.add(step);
    }
    listener.accept(step);
  }

  /** The first thousand steps. */
  public synchronized List<RepairStep> steps() {
    return List.copyOf(steps);
  }

  /** How many steps of this kind there were. */
  public synchronized long count(Action action) {
    return counts.getOrDefault(action, 0L);
  }

  /** How many steps change something. */
  public synchronized long changes() {
    return counts.values().stream().mapToLong(n -> n).sum()
        - count(Action.LOST)
        - count(Action.KEEP);
  }
}
