package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.NodePath;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * What to restore, and where to.
 *
 * @param tree the root tree of the snapshot
 * @param subPath the directory in the snapshot whose entries come to stand directly in the target,
 *     or a single file
 * @param target a directory, made when missing, or a file whose name ends in {@code .zip}
 * @param selection which entries, by their paths below {@code subPath}
 * @param overwrite what happens to files that are there
 * @param delete remove what is in the target and not in the snapshot, as far as it is selected
 * @param dryRun only tell what would be done
 * @param verify read back every file that is written, before it gets its name, and compare files
 *     that are there by their content, whatever their times say
 * @param threads how many files at a time, at least 1
 */
public record RestoreRequest(
    Id tree,
    NodePath subPath,
    Path target,
    Selection selection,
    Overwrite overwrite,
    boolean delete,
    boolean dryRun,
    boolean verify,
    int threads) {
  private static final int USUAL_THREADS = 4;

  /** Nothing is null, and there is at least one thread. */
  public RestoreRequest {
    Objects.requireNonNull(tree, "tree");
    Objects.requireNonNull(subPath, "subPath");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(overwrite, "overwrite");
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed: " + threads);
    }
  }

  /** All of a snapshot, existing files brought to its state. */
  public static RestoreRequest of(Id tree, Path target) {
    return new RestoreRequest(
        tree,
        NodePath.ROOT,
        target,
        Selection.everything(),
        Overwrite.ALWAYS,
        false,
        false,
        false,
        USUAL_THREADS);
  }

  /** The same with only a part of the snapshot. */
  public RestoreRequest from(NodePath path) {
    return new RestoreRequest(
        tree, path, target, selection, overwrite, delete, dryRun, verify, threads);
  }

  /** The same with only these entries. */
  public RestoreRequest only(Selection entries) {
    return new RestoreRequest(
        tree, subPath, target, entries, overwrite, delete, dryRun, verify, threads);
  }

  /** The same with another rule for existing files. */
  public RestoreRequest overwriting(Overwrite rule) {
    return new RestoreRequest(
        tree, subPath, target, selection, rule, delete, dryRun, verify, threads);
  }

  /** The same, removing what is not in the snapshot. */
  public RestoreRequest deleting(boolean extras) {
    return new RestoreRequest(
        tree, subPath, target, selection, overwrite, extras, dryRun, verify, threads);
  }

  /** The same, only told. */
  public RestoreRequest asDryRun(boolean dry) {
    return new RestoreRequest(
        tree, subPath, target, selection, overwrite, delete, dry, verify, threads);
  }

  /** The same, read back afterwards. */
  public RestoreRequest verified(boolean check) {
    return new RestoreRequest(
        tree, subPath, target, selection, overwrite, delete, dryRun, check, threads);
  }

  /** The same with another number of files at a time. */
  public RestoreRequest withThreads(int count) {
    return new RestoreRequest(
        tree, subPath, target, selection, overwrite, delete, dryRun, verify, count);
  }

  /** Whether the target is a ZIP file. */
  public boolean isZip() {
    Path name = target.getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
