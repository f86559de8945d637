package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.rules.Rules;

/** Shows what belongs in the next snapshot, counts it, and remembers it once it is one. */
public final class SnapshotWalk {
  private final Catalogue catalogue;
  private final Rules rules;
  private final String scopeKey;

  /** Walks of this catalogue below this folder. */
  public SnapshotWalk(Catalogue catalogue, Rules rules, String scopeKey) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.scopeKey = scopeKey;
  }

  /** Shows the snapshot to a visitor; changes nothing. */
  public Statistics show(DriveVisitor visitor) {
    Count count = new Count(visitor);
    Traversal traversal = new Traversal(catalogue.items(), rules, count);
    traversal.from(scopeKey);
    return count.statistics(catalogue.lastStatistics(), traversal.excluded());
  }

  /** Records that what {@link #show} showed is in the snapshot, and nothing else. */
  public void remember() {
    if (markShown() != catalogue.parentSnapshot().items()) {
      // Something left the snapshot without leaving the drive: rare, so that a second pass may be.
      catalogue.parentSnapshot().clear();
      markShown();
    }
  }

  private long markShown() {
    Marks marks = new Marks(catalogue.parentSnapshot());
    new Traversal(catalogue.items(), rules, marks).from(scopeKey);
    return marks.shown;
  }

  private static final class Marks implements DriveVisitor {
    private final ParentSnapshot parent;
    private long shown;

    Marks(ParentSnapshot parent) {
      this.parent = parent;
    }

    private void mark(CataloguedItem item) {
      shown++;
      if (!item.inParent()) {
        parent.add(item.key());
      }
    }

    @Override
    public void enterFolder(CataloguedItem folder) {
      mark(folder);
    }

    @Override
    public void file(CataloguedItem file) {
      mark(file);
    }

    @Override
    public void leaveFolder(CataloguedItem folder) {
      // Marked when it was entered.
    }
  }

  private static final class Count implements DriveVisitor {
    private final DriveVisitor visitor;
    private final long[] files = new long[Change.values().length];
    private final long[] folders = new long[Change.values().length];
    private long bytes;

    Count(DriveVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void enterFolder(CataloguedItem folder) {
      folders[folder.change().ordinal()]++;
      visitor.enterFolder(folder);
    }

    @Override
    public void file(CataloguedItem file) {
      files[kept(file).ordinal()]++;
      bytes += file.content().length();
      visitor.file(file);
    }

    /** An earlier version that is kept is no change: what changed is what could not be read. */
    private static Change kept(CataloguedItem file) {
      return file.stale() && file.change() == Change.CHANGED ? Change.UNMODIFIED : file.change();
    }

    @Override
    public void leaveFolder(CataloguedItem folder) {
      visitor.leaveFolder(folder);
    }

    Statistics statistics(Statistics before, long excluded) {
      long filesKept = of(files, Change.CHANGED) + of(files, Change.UNMODIFIED);
      long foldersKept = of(folders, Change.CHANGED) + of(folders, Change.UNMODIFIED);
      return new Statistics(
          of(files, Change.NEW),
          of(files, Change.CHANGED),
          of(files, Change.UNMODIFIED),
          before.files() - filesKept,
          of(folders, Change.NEW),
          of(folders, Change.CHANGED),
          of(folders, Change.UNMODIFIED),
          before.folders() - foldersKept,
          bytes,
          excluded);
    }

    private static long of(long[] counts, Change change) {
      return counts[change.ordinal()];
    }
  }
}
