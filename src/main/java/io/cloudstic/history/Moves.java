package io.cloudstic.history;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The items that left one place and came to another between two snapshots. What only went along
 * with its folder is not among them, so that a moved folder counts as one, whatever it holds.
 */
final class Moves {
  /** No moves. */
  static final Moves NONE = new Moves(Map.of());

  /** The two places of an item. */
  static final class Move {
    NodePath from;
    Node before;
    NodePath to;
    Node after;

    boolean isComplete() {
      return from != null && to != null;
    }
  }

  private final Map<String, Move> byItem;

  private Moves(Map<String, Move> byItem) {
    this.byItem = byItem;
  }

  /** How many items moved. */
  int size() {
    return byItem.size();
  }

  /** The move that the pair is one side of, or null. */
  Move of(Pair pair) {
    if (byItem.isEmpty() || !pair.isGone() && !pair.isCome()) {
      return null;
    }
    Move move = byItem.get(ItemIds.of(pair.isGone() ? pair.before() : pair.after()));
    if (move == null) {
      return null;
    }
    NodePath place = pair.isGone() ? pair.beforePath() : pair.afterPath();
    return place.equals(pair.isGone() ? move.from : move.to) ? move : null;
  }

  /** Notes what leaves and comes, in 16 to 32 bytes for each, during a first walk. */
  static final class Candidates {
    private final LongSet gone = new LongSet();
    private final LongSet come = new LongSet();
    private final LongSet goneAlong = new LongSet();
    private final LongSet comeAlong = new LongSet();

    void note(Pair pair) {
      if (pair.isGone() || pair.isCome()) {
        String item = ItemIds.of(pair.isGone() ? pair.before() : pair.after());
        if (!item.isEmpty()) {
          (pair.isGone() ? gone : come).add(LongSet.hash(item));
          (pair.isGone() ? goneAlong : comeAlong).add(along(pair, item));
        }
      }
    }

    /** The same for an item that stays in its folder under its name. */
    private static long along(Pair pair, String item) {
      return pair.isGone()
          ? LongSet.hash(item + '\n' + pair.parentBefore() + '\n' + pair.before().name())
          : LongSet.hash(item + '\n' + pair.parentAfter() + '\n' + pair.after().name());
    }

    /** Looks the moves up in a second walk, when the first found any. */
    Moves find(TreeCache trees, Id before, Id after) {
      if (!gone.intersects(come)) {
        return NONE;
      }
      Map<String, Move> moves = new HashMap<>();
      Set<String> twice = new HashSet<>();
      PairWalk.walk(
          trees,
          before,
          after,
          pair -> {
            note(pair, moves, twice);
            return pair;
          });
      moves.keySet().removeAll(twice);
      moves.values().removeIf(move -> !move.isComplete());
      return new Moves(moves);
    }

    private void note(Pair pair, Map<String, Move> moves, Set<String> twice) {
      if (!pair.isGone() && !pair.isCome()) {
        return;
      }
      String item = ItemIds.of(pair.isGone() ? pair.before() : pair.after());
      long hash = LongSet.hash(item);
      long along = along(pair, item);
      if (item.isEmpty()
          || !gone.contains(hash)
          || !come.contains(hash)
          || goneAlong.contains(along) && comeAlong.contains(along)) {
        return;
      }
      Move move = moves.computeIfAbsent(item, id -> new Move());
      // A faulty program may have written an item twice: then nobody knows which one moved.
      if ((pair.isGone() ? move.from : move.to) != null) {
        twice.add(item);
      }
      if (pair.isGone()) {
        move.from = pair.beforePath();
        move.before = pair.before();
      } else {
        move.to = pair.afterPath();
        move.after = pair.after();
      }
    }
  }
}
