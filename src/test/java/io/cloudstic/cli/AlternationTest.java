package io.cloudstic.cli;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * restic and this program take turns at random on one repository, and on a second one to and from
 * which snapshots are copied. At the end both must find both repositories sound, and restore every
 * snapshot that should be there as the files were when it was made.
 *
 * <p>{@code -Dcloudstic.alternation.seeds=30 -Dcloudstic.alternation.steps=25} runs more than the
 * little of every build, {@code -Dcloudstic.alternation.first=N} begins at another seed. The restic
 * that comes first on the {@code PATH} takes part.
 */
@DisplayName("A repository shared with restic")
@EnabledOnOs(OS.LINUX)
@Timeout(900)
class AlternationTest {
  private static final int STEPS = Integer.getInteger("cloudstic.alternation.steps", 12);

  @TempDir Path directory;

  static LongStream seeds() {
    long first = Long.getLong("cloudstic.alternation.first", 1);
    return LongStream.range(first, first + Integer.getInteger("cloudstic.alternation.seeds", 2));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("stays sound and complete, whoever does what, in any order or at once")
  void alternating(long seed) throws Exception {
    try (SharedScene scene = new SharedScene(seed, directory)) {
      try {
        new Alternation(scene).play(STEPS);
      } catch (AssertionError | Exception e) {
        throw new AssertionError("seed " + seed + ": " + scene.told() + ": " + e, e);
      }
    }
  }
}
