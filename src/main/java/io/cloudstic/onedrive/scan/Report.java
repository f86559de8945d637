package io.cloudstic.onedrive.scan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what people should hear of a scan; names are kept up to a bound. Thread-safe. */
final class Report {
  private static final int MAX_NAMES = 1000;
  private static final int MAX_WARNINGS = 200;

  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<LeftOut.Reason, Long> counts = new EnumMap<>(LeftOut.Reason.class);
  private final Set<String> warnings = new LinkedHashSet<>();
  private String alarm;
  private Reconciled reconciled;

  synchronized void leftOut(String itemId, String path, LeftOut.Reason reason) {
    counts.merge(reason, 1L, Long::sum);
    if (leftOut.size() < MAX_NAMES) {
      leftOut.add(new LeftOut(itemId, path, reason));
    }
  }

  synchronized void warn(String warning) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(warning);
    }
  }

  synchronized void alarm(String text) {
    alarm = text;
  }

  synchronized void reconciled(Reconciled found) {
    reconciled = found;
  }

  synchronized String alarm() {
    return alarm;
  }

  synchronized Reconciled reconciled() {
    return reconciled;
  }

  synchronized List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  synchronized Map<LeftOut.Reason, Long> leftOutCounts() {
    return Map.copyOf(counts);
  }

  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
