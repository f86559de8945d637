package io.cloudstic.history;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import java.util.function.Consumer;

/**
 * Compares two trees as {@code restic diff} does, and tells moves where both sides carry item ids.
 */
public final class SnapshotDiff {
  /** How items that moved are told. */
  public enum MoveStyle {
    /** As a change {@code R} at the new place, followed by what changed below it. */
    ONCE,
    /** As restic tells them: as leaving and coming, each with its counterpart. */
    TWICE
  }

  private final Repository repository;
  private final boolean metadata;
  private final MoveStyle style;

  /**
   * A comparison.
   *
   * @param metadata whether changes of metadata alone are told, too
   */
  public SnapshotDiff(Repository repository, boolean metadata, MoveStyle style) {
    this.repository = repository;
    this.metadata = metadata;
    this.style = style;
  }

  /**
   * Gives every change to the sink, in the order of paths, and returns the counts.
   *
   * @throws io.cloudstic.restic.RepositoryException when a tree on the way cannot be read
   */
  public DiffStatistics run(Id before, Id after, Consumer<Change> sink) {
    TreeCache trees = new TreeCache(repository);
    DiffCounter counter = new DiffCounter(repository, before, after);
    Moves.Candidates candidates = new Moves.Candidates();
    PairWalk.walk(
        trees,
        before,
        after,
        pair -> {
          counter.count(pair);
          candidates.note(pair);
          return pair;
        });
    Moves moves = candidates.find(trees, before, after);
    PairWalk.walk(trees, before, after, pair -> tell(pair, moves, sink));
    return counter.statistics(moves.size());
  }

  private Pair tell(Pair pair, Moves moves, Consumer<Change> sink) {
    Moves.Move move = moves.of(pair);
    if (pair.isGone()) {
      if (move != null && style == MoveStyle.ONCE) {
        return null;
      }
      sink.accept(
          new Change(
              "-", pair.beforePath(), pair.isDirectoryBefore(), move == null ? null : move.to));
      return pair;
    }
    if (!pair.isCome()) {
      tellBoth(pair, "", null, sink);
      return pair;
    }
    if (move == null || style == MoveStyle.TWICE) {
      sink.accept(
          new Change(
              "+", pair.afterPath(), pair.isDirectoryAfter(), move == null ? null : move.from));
      return pair;
    }
    Pair moved =
        new Pair(
            move.from, move.before, move.to, move.after, pair.parentBefore(), pair.parentAfter());
    tellBoth(moved, "R", move.from, sink);
    return moved;
  }

  private void tellBoth(
      Pair pair, String moved, io.cloudstic.restic.tree.NodePath from, Consumer<Change> sink) {
    String modifier = moved;
    if (!pair.before().typeWord().equals(pair.after().typeWord())) {
      modifier += "T";
    }
    if (Contents.differ(pair)) {
      modifier += "M";
    } else if (metadata && Contents.metadataDiffers(pair)) {
      modifier += "U";
    }
    if (!modifier.isEmpty()) {
      sink.accept(new Change(modifier, pair.afterPath(), pair.isDirectoryAfter(), from));
    }
  }
}
