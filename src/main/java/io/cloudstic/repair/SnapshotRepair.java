package io.cloudstic.repair;

import io.cloudstic.repair.RepairStep.Action;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rewrites snapshots that refer to what is lost, so that all that can be read of them restores
 * without an error: a file keeps those of its blobs that are there, a directory that cannot be read
 * becomes an empty one. Such snapshots get the tag {@value #TAG}. One object is one run.
 *
 * <p>Whether data blobs are intact is not looked at, only whether they are there: what {@code check
 * -read-data} finds has to leave the index first, by a {@link PackRepair}.
 */
public final class SnapshotRepair {
  /** The tag of a rewritten snapshot, restic's too. */
  public static final String TAG = "repaired";

  private final Repository repository;
  private final boolean apply;
  private final boolean forget;
  private final String program;
  private final RepairReport report;
  private final Runnable stillLocked;
  private final Stop stop;

  /**
   * A run on an open repository under an exclusive lock.
   *
   * @param apply whether to do it, or only to tell
   * @param forget whether the snapshots that were rewritten are removed, and snapshot files that
   *     cannot be read
   * @param program name and version, for new snapshots
   * @param listener is told of each step
   * @param stillLocked throws when the lock is lost
   */
  public SnapshotRepair(
      Repository repository,
      boolean apply,
      boolean forget,
      String program,
      Consumer<RepairStep> listener,
      Runnable stillLocked,
      Stop stop) {
    this.repository = repository;
    this.apply = apply;
    this.forget = forget;
    this.program = program;
    this.report = new RepairReport(listener);
    this.stillLocked = stillLocked;
    this.stop = stop;
  }

  /**
   * Repairs, or tells what a repair would do.
   *
   * @throws RepositoryException when the index is damaged, which has to be repaired before
   */
  public RepairReport run() {
    List<Id> ids = repository.snapshots().ids();
    ReadableBlobs readable = ReadableBlobs.of(repository);
    List<Id> superseded = new ArrayList<>();
    try (BlobWriter writer = BlobWriter.into(repository, WriteLimits.standard(), stillLocked)) {
      TreeRepair trees =
          new TreeRepair(
              readable,
              tree -> apply ? writer.save(BlobType.TREE, tree, 0, tree.length).id() : Id.hash(tree),
              report,
              stop);
      List<Snapshot> rewritten = new ArrayList<>();
      for (Id id : ids) {
        stop.check();
        repair(id, trees, rewritten, superseded);
      }
      writer.flush();
      stillLocked.run();
      if (apply) {
        Snapshots snapshots = repository.snapshots();
        rewritten.forEach(snapshots::save);
      }
    }
    stillLocked.run();
    if (forget) {
      for (Id id : superseded) {
        step(Action.REMOVE, id, "as -forget asks");
        if (apply) {
          repository.removeFile(FileKind.SNAPSHOT, id);
        }
      }
    }
    return report;
  }

  private void repair(Id id, TreeRepair trees, List<Snapshot> rewritten, List<Id> superseded) {
    Snapshot snapshot;
    try {
      snapshot = repository.snapshots().load(id);
    } catch (ObjectNotFoundException e) {
      return;
    } catch (RepositoryException e) {
      step(Action.LOST, id, TerminalText.escape(e.getMessage()));
      superseded.add(id);
      return;
    }
    TreeRepair.Outcome outcome = trees.repair(snapshot);
    if (!outcome.tree().equals(snapshot.tree())) {
      step(Action.REPLACE, id, "by one without what is lost");
      rewritten.add(Rewritten.of(snapshot, outcome, program));
      superseded.add(id);
    }
  }

  private void step(Action action, Id snapshot, String reason) {
    report.add(RepairStep.of(action, "snapshot", snapshot, reason));
  }
}
