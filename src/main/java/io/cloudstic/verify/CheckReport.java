package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.verify.Finding.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts findings and passes them on, one at a time. Thread-safe. */
final class CheckReport {
  private static final int MAX_BROKEN_PACKS = 100;

  private final CheckListener listener;
  private final Set<Id> brokenPacks = new TreeSet<>();
  private long errors;
  private long hints;
  private boolean repairIndex;
  private boolean prune;
  long snapshots;
  long indexFiles;
  long packs;
  long trees;
  long damagedSnapshots;
  private long packsRead;
  private long bytesRead;

  CheckReport(CheckListener listener) {
    this.listener = listener;
  }

  synchronized void add(Finding finding) {
    if (finding.severity() == Severity.ERROR) {
      errors++;
    } else {
      hints++;
    }
    listener.found(finding);
  }

  synchronized void progress(CheckListener.Stage stage, long done, long total) {
    listener.progress(stage, done, total);
  }

  synchronized void broken(Id pack) {
    if (brokenPacks.size() < MAX_BROKEN_PACKS) {
      brokenPacks.add(pack);
    }
  }

  synchronized void packRead(long bytes, long total) {
    packsRead++;
    bytesRead += bytes;
    listener.progress(CheckListener.Stage.DATA, packsRead, total);
  }

  synchronized void suggestRepairIndex() {
    repairIndex = true;
  }

  synchronized void suggestPrune() {
    prune = true;
  }

  synchronized CheckSummary summary() {
    return new CheckSummary(
        snapshots,
        indexFiles,
        packs,
        trees,
        damagedSnapshots,
        packsRead,
        bytesRead,
        errors,
        hints,
        List.copyOf(brokenPacks),
        repairIndex,
        prune);
  }
}
