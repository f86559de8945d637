package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.MadeRepository;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A restore")
@Timeout(60)
class RestoreTest {
  @TempDir Path dir;

  private final MadeRepository made = new MadeRepository();
  private final List<RestoreProblem> problems = new ArrayList<>();
  private final Map<String, Action> actions = new TreeMap<>();
  private final Stop stop = new Stop();

  private RestoreSummary restore(Repository repository, RestoreRequest request) {
    RestoreListener listener =
        new RestoreListener() {
          @Override
          public void done(NodePath path, Node node, Action action) {
            actions.put(path.display(), action);
          }

          @Override
          public void problem(RestoreProblem problem) {
            problems.add(problem);
          }
        };
    return new Restore(repository, request, listener, stop).run();
  }

  @ParameterizedTest
  @DisplayName("treats a file that is there by the overwrite rule")
  @CsvSource({
    // rule, what is there, seconds it is younger, action, content afterwards
    "ALWAYS, old, 10, UPDATED, new",
    "ALWAYS, new, 10, UNCHANGED, new",
    "ALWAYS, xyz, 0, UPDATED, new",
    "IF_CHANGED, xyz, 0, UNCHANGED, xyz",
    "IF_CHANGED, xyz, 1, UPDATED, new",
    "IF_CHANGED, longer, 0, UPDATED, new",
    "IF_NEWER, old, 1, KEPT, old",
    "IF_NEWER, old, 0, KEPT, old",
    "IF_NEWER, old, -1, UPDATED, new",
    "NEVER, old, -1, KEPT, old"
  })
  void overwrite(Overwrite rule, String there, long younger, Action action, String after)
      throws Exception {
    Id tree = made.tree(made.file("f", "new"), made.file("other", "content"));
    Path file = Files.writeString(dir.resolve("f"), there);
    Files.setLastModifiedTime(file, FileTime.from(MadeRepository.TIME.plusSeconds(younger)));
    try (Repository repository = made.open()) {
      RestoreSummary summary = restore(repository, RestoreRequest.of(tree, dir).overwriting(rule));
      assertThat(actions).containsEntry("/f", action).containsEntry("/other", Action.RESTORED);
      assertThat(file).hasContent(after);
      boolean restored = action == Action.UPDATED;
      assertThat(summary.filesRestored()).isEqualTo(restored ? 2 : 1);
      assertThat(summary.filesSkipped()).isEqualTo(restored ? 0 : 1);
      assertThat(summary.bytesSkipped()).isEqualTo(restored ? 0 : 3);
      assertThat(summary.totalBytes()).isEqualTo(10);
      assertThat(summary.errors()).isZero();
      boolean kept = action == Action.KEPT;
      Overwrite trusting = kept ? rule : Overwrite.IF_CHANGED;
      RestoreRequest verified = RestoreRequest.of(tree, dir).overwriting(trusting).verified(true);
      assertThat(restore(repository, verified).filesVerified()).isEqualTo(kept ? 0 : 2);
      assertThat(file).hasContent(kept ? after : "new");
    }
  }

  @ParameterizedTest
  @DisplayName("sets times before 1970, with their fractions")
  @CsvSource({
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
    "1950-05-05T05:05:05.1234567Z, 1950-05-05T05:05:05.1234567Z",
    "1950-05-05T05:05:05Z, 1950-05-05T05:05:05Z",
    "1970-01-01T00:00:00.1234567Z, 1970-01-01T00:00:00.1234567Z"
  })
  void longAgo(String time, String restored) throws Exception {
    Node old = Node.file(NodeName.of("old"), List.of()).times(Instant.parse(time)).build();
    Id tree = made.tree(old);
    try (Repository repository = made.open()) {
      restore(repository, RestoreRequest.of(tree, dir));
      assertThat(Files.getLastModifiedTime(dir.resolve("old")).toInstant())
          .isEqualTo(Instant.parse(restored));
    }
  }

  @Test
  @DisplayName("goes on after a file that is damaged, leaves nothing of it, and says damage")
  void damage() throws Exception {
    Node broken = made.file("broken", "this will be damaged");
    Node lost =
        Node.file(NodeName.of("lost"), List.of(Id.hash(new byte[] {1, 2, 3}))).size(3).build();
    Node noTree = Node.directory(NodeName.of("no tree"), Id.hash(new byte[] {9})).build();
    Id tree = made.tree(made.file("a", "fine"), broken, lost, noTree, made.file("z", "fine too"));
    try (Repository repository = made.open()) {
      BlobLocation place = repository.index().lookup(BlobType.DATA, broken.content().get(0)).get(0);
      String key = FileKind.PACK.key(place.pack());
      byte[] pack = made.store.get(key);
      pack[(int) place.offset() + 20] ^= 1;
      made.store.put(key, pack);
      RestoreSummary summary = restore(repository, RestoreRequest.of(tree, dir));
      assertThat(summary.exitCode()).isEqualTo(ExitCode.DAMAGED);
      assertThat(summary.errors()).isEqualTo(3);
      assertThat(problems).allMatch(RestoreProblem::damage);
      assertThat(problems)
          .extracting(problem -> problem.path().display())
          .containsExactlyInAnyOrder("/broken", "/lost", "/no tree");
      assertThat(dir.resolve("a")).hasContent("fine");
      assertThat(dir.resolve("z")).hasContent("fine too");
      try (Stream<Path> files = Files.list(dir)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .containsExactlyInAnyOrder("a", "z", "no tree");
      }
      Path zip = dir.resolve("x.zip");
      problems.clear();
      assertThat(restore(repository, RestoreRequest.of(tree, zip).verified(true)).exitCode())
          .isEqualTo(ExitCode.DAMAGED);
      assertThat(problems).hasSize(3);
      assertThat(zip).isNotEmptyFile();
    }
  }

  @Test
  @DisplayName("takes a pack that ends early as damage of the files in it, not as a failing store")
  void shortPack() throws Exception {
    Node one = made.file("one", "first");
    Node two = made.file("two", "second");
    Id tree = made.tree(one, two);
    try (Repository repository = made.open()) {
      BlobLocation place = repository.index().lookup(BlobType.DATA, two.content().get(0)).get(0);
      String key = FileKind.PACK.key(place.pack());
      byte[] pack = made.store.get(key);
      int end = (int) (place.offset() + place.length());
      made.store.put(key, Arrays.copyOf(pack, end - 1));
      RestoreSummary summary = restore(repository, RestoreRequest.of(tree, dir));
      assertThat(summary.exitCode()).isEqualTo(ExitCode.DAMAGED);
      assertThat(problems).extracting(p -> p.path().display()).contains("/two");
      made.store.delete(key);
      problems.clear();
      assertThat(restore(repository, RestoreRequest.of(tree, dir.resolve("x"))).exitCode())
          .isEqualTo(ExitCode.DAMAGED);
      assertThat(problems).extracting(p -> p.path().display()).contains("/two");
    }
  }

  @Test
  @DisplayName("counts and names the extended attributes that cannot be set")
  void attributes() throws Exception {
    byte[] value = {1, 2};
    Node node =
        Node.file(NodeName.of("labelled"), List.of())
            .extendedAttributes(
                List.of(
                    new ExtendedAttribute("security.selinux", value),
                    new ExtendedAttribute("system.posix_acl_access", value),
                    new ExtendedAttribute("user.cloudstic", value)))
            .build();
    Id tree = made.tree(node);
    try (Repository repository = made.open()) {
      RestoreSummary summary = restore(repository, RestoreRequest.of(tree, dir));
      assertThat(summary.attributesLeftOut()).isEqualTo(2);
      assertThat(summary.attributeNames())
          .containsExactly("security.selinux", "system.posix_acl_access");
      assertThat(summary.exitCode()).isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  @DisplayName("stops when asked, with no file under its name that is incomplete")
  void stopped() {
    Id tree = made.tree(made.file("a", "a"));
    stop.ask();
    try (Repository repository = made.open()) {
      assertThatThrownBy(() -> restore(repository, RestoreRequest.of(tree, dir)))
          .isInstanceOf(StoppedException.class);
    }
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  @DisplayName("says what is wrong with a path that is not there, and a target that is a file")
  void mistakes() throws Exception {
    Id tree = made.tree(made.file("a", "a"));
    Path file = Files.writeString(dir.resolve("file"), "x");
    try (Repository repository = made.open()) {
      assertThatThrownBy(
              () ->
                  restore(
                      repository, RestoreRequest.of(tree, dir).from(NodePath.parse("/no/such"))))
          .isInstanceOf(CloudsticException.class)
          .hasMessageContaining("/no");
      assertThatThrownBy(() -> restore(repository, RestoreRequest.of(tree, file)))
          .isInstanceOfSatisfying(
              CloudsticException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
    }
  }
}
