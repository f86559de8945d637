package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Standard output")
class ResultsTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir Path directory;
  private Workplace workplace;
  private Path data;

  @BeforeEach
  void backUp() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(data.resolve("file " + i), "content " + i);
    }
    workplace.backup("local:" + data);
    Files.writeString(data.resolve("file 0"), "other content");
    Files.writeString(data.resolve("file 51"), "new");
    workplace.backup("local:" + data);
  }

  /** Takes some bytes, then fails. */
  private static OutputStream failing(int after, String why) {
    return new OutputStream() {
      private int taken;

      @Override
      public void write(int oneByte) throws IOException {
        if (++taken > after) {
          throw new IOException(why);
        }
      }
    };
  }

  private String[] words(String line) {
    return line.replace("DATA", data.toString()).split(" ");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "list",
        "list -json",
        "ls latest",
        "ls latest -json",
        "find file*",
        "dump latest DATA",
        "cat config",
        "check",
        "stats",
        "version",
        "help",
        "backup -source local:DATA"
      })
  @DisplayName("that cannot be written makes no command that succeeded")
  void fullDevice(String line) {
    Workplace.Run run = workplace.into(failing(10, "No space left on device"), words(line));

    assertThat(run.exit()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            "cloudstic: standard output cannot be written: No space left on device\n"
                + "  look at where it goes, at the space there for example\n");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ls latest",
        "ls latest -json",
        "find file*",
        "find file* -json",
        "dump latest DATA"
      })
  @DisplayName("that its reader closes ends the command in silence, and without a lock left behind")
  void closedPipe(String line) throws Exception {
    Workplace.Run run = workplace.into(failing(100, "Broken pipe"), words(line));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(workplace.repository().resolve("locks")).isEmptyDirectory();
  }

  @Test
  @DisplayName("whose reader is gone stops no backup")
  void backupGoesOn() throws Exception {
    Files.writeString(data.resolve("file 52"), "newer");

    assertThat(
            workplace
                .into(failing(0, "Broken pipe"), words("backup -source local:DATA -json"))
                .exit())
        .isZero();
    assertThat(workplace.run(0, "list", "-json").json()).hasSize(3);
  }

  @Test
  @DisplayName("of a dump ends within one file when the user stops it")
  void stoppedWithinFile() throws Exception {
    byte[] content = new byte[20 << 20];
    new Random(1).nextBytes(content);
    Path file = Files.write(data.resolve("large"), content);
    workplace.backup("local:" + data);
    Stop stop = new Stop();
    AtomicLong written = new AtomicLong();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int oneByte) {
            throw new AssertionError("bytes come in blocks");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written.addAndGet(length);
            stop.ask();
          }
        };

    assertThat(workplace.into(out, stop, "dump", "latest", file.toString()).exit()).isEqualTo(130);
    assertThat(written.get()).isBetween(1L, (long) content.length / 2);
  }

  @Test
  @DisplayName("that takes nothing holds no lock when the stopped run is cut off")
  void cutOff() {
    Stop stop = new Stop();
    List<Boolean> locked = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            if (locked.isEmpty()) {
              locked.add(!files("locks").isEmpty());
              stop.giveUp();
              locked.add(!files("locks").isEmpty());
            }
          }
        };

    workplace.into(out, stop, "ls", "latest");

    assertThat(locked).containsExactly(true, false);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ls latest -json",
        "find file* -json",
        "diff FIRST latest -json",
        "forget -keep-last 9 -prune -json"
      })
  @DisplayName("of -json is one document, also when the command fails after it began")
  void oneDocument(String line) throws Exception {
    String first = workplace.run(0, "list", "-json").json().get(0).get("id").asText();
    String[] words = words(line.replace("FIRST", first));
    assertThat(JSON.readTree(workplace.run(0, words).out()).isArray()).isTrue();

    for (Path index : files("index")) {
      Files.delete(index);
    }
    JsonNode document = JSON.readTree(workplace.run(14, words).out());

    if (document.isArray()) {
      document = document.size() == 0 ? document : document.get(document.size() - 1);
    }
    if (!line.startsWith("find")) {
      assertThat(document.path("message_type").asText()).isEqualTo("exit_error");
      assertThat(document.path("code").asInt()).isEqualTo(14);
    }
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> files = Files.list(workplace.repository().resolve(kind))) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
