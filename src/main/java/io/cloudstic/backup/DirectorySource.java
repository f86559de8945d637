package io.cloudstic.backup;

import io.cloudstic.failure.FileFault;
import io.cloudstic.local.LocalItem;
import io.cloudstic.local.LocalNode;
import io.cloudstic.local.LocalSource;
import io.cloudstic.local.LocalVisitor;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.write.FileContent;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A plain directory as a source: what {@code restic backup PATH} would record. The walk runs on a
 * thread of its own, a bounded number of files ahead of those that read them; directories are saved
 * as soon as they are complete.
 */
final class DirectorySource implements Source {
  private final LocalSource local;
  private final Rules rules;
  private final LocalNode nodes;
  private final PreviousTrees previous;
  private final Snapshot parent;
  private final String hostname;
  private final Clock clock;
  private final Handoff<LocalFile> found;
  private final LocalTally tally = new LocalTally();
  private final CompletableFuture<Id> rootTree = new CompletableFuture<>();
  private final TreeSink trees;
  private final BackupProgress progress;
  private final boolean dryRun;

  /**
   * A source over a directory or file.
   *
   * @param previous the trees of the parent snapshot, empty when there is none
   * @param trees where finished directories go while the walk is under way
   * @param progress is told of what the walk meets
   * @param dryRun whether all files are left out, and counted as if they had been read
   */
  DirectorySource(
      LocalSource local,
      Rules rules,
      Snapshot parent,
      PreviousTrees previous,
      String hostname,
      Clock clock,
      TreeSink trees,
      BackupProgress progress,
      boolean dryRun,
      Stop stop) {
    this.local = local;
    this.rules = rules;
    this.nodes = new LocalNode(clock.getZone());
    this.parent = parent;
    this.previous = previous;
    this.hostname = hostname;
    this.clock = clock;
    this.trees = trees;
    this.progress = progress;
    this.dryRun = dryRun;
    this.found = new Handoff<>(stop);
  }

  @Override
  public Iterator<LocalFile> files() {
    return found.from("cloudstic-walk", this::walk);
  }

  private void walk() {
    try {
      Visitor visitor = new Visitor();
      local.walk(visitor);
      visitor.leave();
    } catch (IOException e) {
      throw new io.cloudstic.failure.CloudsticException(
          io.cloudstic.failure.ExitCode.FAILED,
          "cannot read " + local.start() + ": " + FileFault.reason(e),
          "check the path and its permissions",
          e);
    }
  }

  @Override
  public void stored(FileEntry entry, FileContent content) {
    LocalFile file = (LocalFile) entry;
    Node node = file.node.content(content.blobs()).size(content.length()).build();
    tally.file(file.before, node);
    file.directory.add(node);
  }

  @Override
  public void failed(FileEntry entry, Exception why) {
    LocalFile file = (LocalFile) entry;
    tally.failed(new Failure(null, file.path(), FileFault.reason(why), 1, clock.instant(), false));
    file.directory.drop();
  }

  /** A file that a route left out, as it does with all of them in a dry run. */
  @Override
  public void skipped(FileEntry entry) {
    LocalFile file = (LocalFile) entry;
    if (dryRun) {
      Node unread = file.node.content(List.of()).size(file.size()).build();
      tally.file(file.before, unread);
      file.directory.add(unread);
      return;
    }
    tally.skipped();
    file.directory.drop();
  }

  @Override
  public SourceOutcome finish(TreeSink ignored) {
    return new SourceOutcome(
        rootTree.join(),
        parent,
        hostname,
        List.of(local.start().toString()),
        SourceSpec.Kind.LOCAL.word(),
        "full",
        tally.counts(),
        tally.failures(),
        List.of(),
        List.of(),
        null,
        null,
        0,
        Duration.ZERO,
        null);
  }

  @Override
  public void committed(Id snapshot) {
    // Nothing is learned that the snapshot does not hold.
  }

  @Override
  public void close() {
    found.close();
  }

  /** A file to read, with the place in its directory that waits for it. */
  static final class LocalFile implements FileEntry {
    private final LocalItem item;
    private final OpenDirectory directory;
    private final Node.Builder node;
    private final Node before;

    LocalFile(LocalItem item, OpenDirectory directory, Node.Builder node, Node before) {
      this.item = item;
      this.directory = directory;
      this.node = node;
      this.before = before;
    }

    @Override
    public String path() {
      return item.path().toString();
    }

    @Override
    public long size() {
      return item.size();
    }

    @Override
    public InputStream open() throws IOException {
      return item.open();
    }
  }

  /** A directory that the walk is in. */
  private record Level(OpenDirectory open, PreviousTrees.Directory before) {}

  private final class Visitor implements LocalVisitor {
    private final Deque<Level> levels = new ArrayDeque<>();

    Visitor() {
      levels.push(new Level(OpenDirectory.root(trees, rootTree::complete), previous.root(parent)));
    }

    @Override
    public boolean enterDirectory(LocalItem item) {
      progress.listed(1);
      if (isExcluded(item, true)) {
        return false;
      }
      Level above = levels.peek();
      Node.Builder node = nodes.of(item);
      Node before = above.before().take(node.build().name());
      OpenDirectory open =
          above
              .open()
              .directory(
                  tree -> {
                    Node complete = node.subtree(tree).build();
                    tally.directory(before, complete);
                    return complete;
                  });
      levels.push(new Level(open, previous.directory(before)));
      return true;
    }

    @Override
    public void file(LocalItem item) {
      progress.listed(1);
      if (isExcluded(item, false)) {
        return;
      }
      Level level = levels.peek();
      Node.Builder node = nodes.of(item);
      Node before = level.before().take(node.build().name());
      level.open().expect();
      if (isUnchanged(item, before)) {
        Node complete = node.content(before.content()).size(before.size()).build();
        tally.unmodified(complete);
        level.open().add(complete);
      } else {
        found.put(new LocalFile(item, level.open(), node, before));
      }
    }

    @Override
    public void other(LocalItem item) {
      progress.listed(1);
      if (isExcluded(item, false)) {
        return;
      }
      Level level = levels.peek();
      Node node = nodes.of(item).build();
      tally.file(level.before().take(node.name()), node);
      level.open().expect();
      level.open().add(node);
    }

    @Override
    public void leaveDirectory(LocalItem item) {
      leave();
    }

    void leave() {
      Level level = levels.pop();
      level.before().rest().forEach(gone -> previous.removed(gone, tally::removed));
      level.open().listed();
    }

    @Override
    public void problem(Path path, IOException reason) {
      tally.failed(
          new Failure(null, path.toString(), FileFault.reason(reason), 1, clock.instant(), false));
    }

    private boolean isUnchanged(LocalItem item, Node before) {
      return before != null
          && before.type() == NodeType.FILE
          && item.sameContentAs(
              before.mtime().toInstant(), before.ctime().toInstant(), before.size(), before.inode())
          && previous.hasAll(before.content());
    }

    private boolean isExcluded(LocalItem item, boolean directory) {
      if (!rules.hasPatterns() || !item.path().startsWith(local.start())) {
        return false;
      }
      String path = local.start().relativize(item.path()).toString();
      return !path.isEmpty() && rules.excludes(path.replace('\\', '/'), directory);
    }
  }
}
