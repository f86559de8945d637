package io.cloudstic.restic;

import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.TreeEncoder;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A repository in memory whose trees may be anything, also what no honest program writes. */
public final class MadeRepository {
  public static final Instant TIME = Instant.parse("2024-02-03T04:05:06.789012345Z");

  private static final char[] PASSWORD = "made".toCharArray();

  public final MemoryStore store = new MemoryStore();
  private final RepositoryEnvironment environment = TestEnvironment.create();
  private final Repository repository =
      Repository.init(store, PASSWORD, environment, KdfCost.LOWEST);
  private final BlobWriter writer =
      new BlobWriter(
          store,
          repository.key(),
          repository.index(),
          repository.files(),
          new SecureRandom(),
          Clock.systemUTC(),
          WriteLimits.standard());

  /** Stores content. */
  public Id data(byte[] bytes) {
    return writer.save(BlobType.DATA, bytes, 0, bytes.length).id();
  }

  /** Stores a tree of any JSON. */
  public Id treeOf(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return writer.save(BlobType.TREE, bytes, 0, bytes.length).id();
  }

  /** Stores a proper tree. */
  public Id tree(Node... nodes) {
    byte[] bytes = TreeEncoder.encode(List.of(nodes));
    return writer.save(BlobType.TREE, bytes, 0, bytes.length).id();
  }

  /** A file whose content is stored. */
  public Node file(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Node.file(NodeName.of(name), bytes.length == 0 ? List.of() : List.of(data(bytes)))
        .mode(0644)
        .size(bytes.length)
        .times(TIME)
        .build();
  }

  /** Stores a snapshot of a tree. */
  public Id snapshot(Id tree) {
    writer.flush();
    Snapshot snapshot =
        Snapshot.builder()
            .time(TIME.atOffset(ZoneOffset.UTC))
            .tree(tree)
            .paths(List.of("/"))
            .build();
    return repository.snapshots().save(snapshot).id();
  }

  /** Makes all of it durable, and opens it anew. */
  public Repository open() {
    return open(store);
  }

  /** Opens the copy of such a repository, in another process too. */
  public static Repository reopen(ObjectStore copy) {
    return Repository.open(copy, PASSWORD, TestEnvironment.create());
  }

  /** The same, by way of another store that shows what is in {@link #store}. */
  public Repository open(ObjectStore view) {
    writer.flush();
    return Repository.open(view, PASSWORD, environment);
  }
}
