package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.TreeEncoder;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A repository of small files in small packs, of which each run changes a few. */
final class SmallRepository {
  static final String PASSWORD = "small";
  private static final Instant TIME = Instant.parse("2024-02-03T04:05:06Z");

  final Repository repository;
  private final Random random;
  private final List<byte[]> contents = new ArrayList<>();

  /** Every content there ever was. */
  final List<byte[]> history = new ArrayList<>();

  private int runs;

  SmallRepository(ObjectStore store, Random random) {
    this(
        Repository.init(store, PASSWORD.toCharArray(), TestEnvironment.create(), KdfCost.LOWEST),
        random);
  }

  /** One that exists and is empty. */
  SmallRepository(Repository repository, Random random) {
    this.random = random;
    this.repository = repository;
  }

  /** A backup in which some files are new and some changed. */
  Id backup() {
    return backupOf(repository.index());
  }

  /** A backup that does not know what others have stored. */
  Id backupOf(BlobIndex known) {
    for (int i = 0; i < 6; i++) {
      byte[] content = new byte[100 + random.nextInt(3_000)];
      random.nextBytes(content);
      history.add(content);
      if (contents.size() < 20 || random.nextBoolean()) {
        contents.add(content);
      } else {
        contents.set(random.nextInt(contents.size()), content);
      }
    }
    return store(known, contents);
  }

  /** A snapshot of these files; what is known is not written. */
  Id store(BlobIndex known, List<byte[]> contents) {
    try (BlobWriter writer =
        BlobWriter.into(repository, known, WriteLimits.standard().withPackSize(8_000), () -> {})) {
      List<Node> files = new ArrayList<>();
      for (int i = 0; i < contents.size(); i++) {
        byte[] content = contents.get(i);
        Id blob = writer.save(BlobType.DATA, content, 0, content.length).id();
        files.add(
            Node.file(NodeName.of("file%03d".formatted(i)), List.of(blob))
                .mode(0644)
                .size(content.length)
                .times(TIME)
                .build());
      }
      byte[] folder = TreeEncoder.encode(files);
      Id subtree = writer.save(BlobType.TREE, folder, 0, folder.length).id();
      Node directory =
          Node.directory(NodeName.of("folder"), subtree).mode(0755).times(TIME).build();
      byte[] root = TreeEncoder.encode(List.of(directory));
      Id tree = writer.save(BlobType.TREE, root, 0, root.length).id();
      writer.flush();
      Snapshot snapshot =
          Snapshot.builder()
              .time(TIME.plusSeconds(86_400L * runs++).atOffset(ZoneOffset.UTC))
              .tree(tree)
              .hostname("host")
              .paths(List.of("/"))
              .build();
      return repository.snapshots().save(snapshot).id();
    }
  }

  /** A prune from beginning to end, under a lock as the command has it. */
  PruneOutcome prune(PruneRequest request, PruneListener listener, Stop stop) {
    try (RepositoryLock lock = repository.lock(LockKind.PRUNE)) {
      Prune prune = new Prune(repository, request, listener, lock, stop);
      prune.plan();
      return prune.run();
    }
  }

  PruneOutcome prune(PruneRequest request) {
    return prune(request, (stage, done, total) -> {}, new Stop());
  }

  /** What a prune would do. */
  PruneSummary plan(PruneRequest request) {
    return new Prune(repository, request, (stage, done, total) -> {}, null, new Stop()).plan();
  }
}
