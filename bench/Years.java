import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.TreeEncoder;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.store.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes the repository of somebody who has backed up every day for years: 20,000 small files in
 * 2,000 folders below 50, of which each day changes three files in each of 250 folders. A day adds
 * about 1,050 blobs, so that 1,000 snapshots have a million.
 *
 * <p>Arguments: directory, number of snapshots. The password is that of the benchmarks.
 */
public class Years {
  private static final int AREAS = 50;
  private static final int FOLDERS = 40;
  private static final int FILES = 10;
  private static final int CHANGED_FOLDERS = 250;
  private static final int CHANGED_FILES = 3;

  private final Repository repository;
  private final Random random = new Random(7);
  private final Id[][][] files = new Id[AREAS][FOLDERS][FILES];
  private final int[][][] sizes = new int[AREAS][FOLDERS][FILES];
  private final Id[][] folders = new Id[AREAS][FOLDERS];
  private final Id[] areas = new Id[AREAS];
  private Instant now = Instant.parse("2022-01-01T12:00:00Z");
  private BlobWriter writer;

  private Years(Repository repository) {
    this.repository = repository;
  }

  public static void main(String[] args) {
    RepositoryEnvironment process =
        RepositoryEnvironment.system(Clock.systemUTC(), duration -> {});
    try (Repository repository =
        Repository.init(
            new LocalStore(Path.of(args[0])), "bench".toCharArray(), process, KdfCost.LOWEST)) {
      Years years = new Years(repository);
      for (int day = 0; day < Integer.parseInt(args[1]); day++) {
        years.backUp(day == 0);
      }
    }
  }

  private void backUp(boolean first) {
    try (BlobWriter open =
        new BlobWriter(
            repository.store(),
            repository.key(),
            repository.index(),
            repository.files(),
            repository.environment().random(),
            Clock.systemUTC(),
            WriteLimits.standard())) {
      writer = open;
      boolean[] touched = new boolean[AREAS];
      if (first) {
        for (int area = 0; area < AREAS; area++) {
          for (int folder = 0; folder < FOLDERS; folder++) {
            change(area, folder, FILES);
          }
        }
        Arrays.fill(touched, true);
      } else {
        for (int i = 0; i < CHANGED_FOLDERS; i++) {
          int area = random.nextInt(AREAS);
          change(area, random.nextInt(FOLDERS), CHANGED_FILES);
          touched[area] = true;
        }
      }
      for (int area = 0; area < AREAS; area++) {
        if (touched[area]) {
          areas[area] = save(directories("folder", folders[area]));
        }
      }
      Id tree = save(directories("area", areas));
      open.flush();
      repository
          .snapshots()
          .save(
              Snapshot.builder()
                  .time(now.atOffset(ZoneOffset.UTC))
                  .tree(tree)
                  .hostname("bench")
                  .username("bench")
                  .paths(List.of("/data"))
                  .build());
      now = now.plusSeconds(86_400);
    }
  }

  private void change(int area, int folder, int count) {
    int firstFile = random.nextInt(FILES);
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[40 + random.nextInt(160)];
      random.nextBytes(content);
      int file = (firstFile + i) % FILES;
      files[area][folder][file] = writer.save(BlobType.DATA, content, 0, content.length).id();
      sizes[area][folder][file] = content.length;
    }
    List<Node> nodes = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      nodes.add(
          Node.file(NodeName.of("file" + file + ".txt"), List.of(files[area][folder][file]))
              .mode(0644)
              .size(sizes[area][folder][file])
              .times(now)
              .build());
    }
    folders[area][folder] = save(nodes);
  }

  private List<Node> directories(String name, Id[] trees) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < trees.length; i++) {
      NodeName own = NodeName.of("%s%03d".formatted(name, i));
      nodes.add(Node.directory(own, trees[i]).mode(0755).times(now).build());
    }
    return nodes;
  }

  private Id save(List<Node> nodes) {
    byte[] tree = TreeEncoder.encode(nodes);
    return writer.save(BlobType.TREE, tree, 0, tree.length).id();
  }
}
