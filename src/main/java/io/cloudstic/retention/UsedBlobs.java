package io.cloudstic.retention;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TreeReferences;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Finds the blobs that snapshots need, by way of all their trees, each read once. In memory are a
 * bit for each blob of the index, four bytes for each tree that is known and not read yet, and the
 * trees being read. One object is one search.
 */
final class UsedBlobs {
  /** A tree of a distant store takes long to come, and a processor little to read. */
  private static final int THREADS = 8;

  private final BlobIndex index;
  private final StoredBlobs blobs;
  private final Stop stop;
  private final LongConsumer progress;
  private final BlobMarks marks;

  /** The numbers of trees that wait, last in first out: what lies together is read together. */
  private int[] waiting = new int[64];

  private int count;
  private int busy;
  private boolean failed;
  private long read;

  /**
   * A search that was not begun yet.
   *
   * @param marks what was found before, below which nothing is looked for again; takes what is
   *     found
   * @param progress is told how many trees were read
   */
  UsedBlobs(
      Repository repository, BlobIndex index, BlobMarks marks, Stop stop, LongConsumer progress) {
    this.index = index;
    this.blobs = new StoredBlobs(repository, index);
    this.stop = stop;
    this.progress = progress;
    this.marks = marks;
  }

  /**
   * Marks everything below these trees.
   *
   * @param roots in the order in which they are read; the oldest should come first, since a backup
   *     packs together what is new
   * @return how many trees were read
   * @throws RepositoryException with exit code 14 when anything is missing or cannot be read
   */
  long find(List<Id> roots) {
    for (int i = roots.size() - 1; i >= 0; i--) {
      int number = number(BlobType.TREE, roots.get(i), null);
      if (marks.add(number)) {
        push(number);
      }
    }
    try (Workers workers = new Workers("prune-trees", THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        workers.submit(this::work);
      }
      workers.await();
    }
    return read;
  }

  private void work() {
    boolean done = false;
    try {
      for (int tree = take(); tree >= 0; tree = take()) {
        stop.check();
        References found = new References(index.blob(tree).id());
        TreeReferences.read(blobs.load(BlobType.TREE, found.tree), found::subtree, found::content);
        give(found);
      }
      done = true;
    } finally {
      if (!done) {
        fail();
      }
    }
  }

  /** What one tree refers to and no other did before. */
  private final class References {
    final Id tree;
    int[] fresh = new int[8];
    int count;

    References(Id tree) {
      this.tree = tree;
    }

    void subtree(Id id) {
      int number = number(BlobType.TREE, id, tree);
      if (marks.add(number)) {
        if (count == fresh.length) {
          fresh = Arrays.copyOf(fresh, 2 * count);
        }
        fresh[count++] = number;
      }
    }

    void content(Id id) {
      marks.add(number(BlobType.DATA, id, tree));
    }
  }

  private int number(BlobType type, Id id, Id neededBy) {
    int number = index.number(type, id);
    if (number < 0) {
      throw RepositoryException.damaged(
          "%s blob %s is in no index; %s needs it"
              .formatted(type.word(), id, neededBy == null ? "a snapshot" : "the tree " + neededBy),
          null);
    }
    return number;
  }

  private synchronized int take() {
    while (count == 0 && busy > 0 && !failed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
    if (failed || count == 0) {
      notifyAll();
      return -1;
    }
    busy++;
    return waiting[--count];
  }

  private synchronized void give(References found) {
    for (int i = found.count - 1; i >= 0; i--) {
      push(found.fresh[i]);
    }
    busy--;
    progress.accept(++read);
    notifyAll();
  }

  private void push(int number) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * count);
    }
    waiting[count++] = number;
  }

  private synchronized void fail() {
    failed = true;
    notifyAll();
  }
}
