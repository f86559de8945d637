package io.cloudstic.onedrive.scan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what people should hear of a scan; names are kept up to a bound. Thread-safe. */
final class Report {
  private static final int MAX_NAMES = 1000;
  private static final int MAX_WARNINGS = 200;

  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<LeftOut.Reason, Long> unnamed = new EnumMap<>(LeftOut.Reason.class);
  private final Set<String> warnings = new LinkedHashSet<>();
  private String alarm;
  private Reconciled reconciled;

  synchronized void leftOut(String itemId, String path, LeftOut.Reason reason) {
    if (leftOut.size() < MAX_NAMES) {
      leftOut.add(new LeftOut(itemId, path, reason));
    } else {
      unnamed.merge(reason, 1L, Long::sum);
    }
  }

  /** Warns of what is left out beyond the names that are kept, at the end of a scan. */
  synchronized void warnOfUnnamed() {
    if (!unnamed.isEmpty()) {
      String reasons =
          unnamed.entrySet().stream()
              .map(more -> more.getValue() + ": " + more.getKey().text())
              .collect(Collectors.joining("; "));
      warn("besides the " + MAX_NAMES + " items that are named, others are left out: " + reasons);
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

  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
