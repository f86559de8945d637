package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.graph.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names and times as Graph really gives them, from the drive to the disk. */
@DisplayName("Odd names and times")
@Timeout(120)
class OddNamesTest {
  private static final List<String> NAMES =
      List.of(
          "100% #1 + a&b=c;d.txt",
          "%2e%2e%2Fpasswd",
          "it's \"quoted\" `so`.txt",
          "emoji \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddea\ud83c\uddfa.png",
          "cafe\u0301 combining",
          "caf\u00e9 combining",
          "\u1e9b\u0323",
          "trailing dot.",
          "trailing dots...",
          "trailing space ",
          " leading space",
          ".hidden",
          "\u202egpj.exe",
          "\u2066isolate\u2069",
          "tab\tnewline\nreturn\rescape\u001b[31mred",
          "bell\u0007 del\u007f c1\u009b31m",
          "line\u2028separator\u2029and\ufeffmark",
          "back\\slash",
          "star*question?<>|:",
          "half \ud83d pair",
          "\udc00 other half",
          "CON",
          "aux.txt",
          "desktop.ini",
          "~$lock.docx",
          "-rf",
          "$(touch x)",
          "Case",
          "cASE",
          "\u0130stanbul",
          "\ufffd replacement",
          "\uff0fslash\u2215",
          "nul-looking \u2400",
          "x".repeat(251) + ".txt");

  @TempDir Path directory;
  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.lifelike()
                .accountType(AccountType.PERSONAL)
                .limits(Limits.NONE)
                .seed(77));
    drive = simulator.model();
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Item file(Item folder, String name) {
    byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_16);
    return drive.createFile(folder, name, new BytesContent(content));
  }

  @Test
  @DisplayName("come back exactly, as files and as folders, with both programs")
  void exact() throws Exception {
    Item files = drive.folder("/files");
    Item folders = drive.folder("/folders");
    for (String name : NAMES) {
      file(files, name);
      file(drive.createFolder(folders, name), "inside");
    }
    Item deep = drive.folder("/deep");
    for (int level = 0; level < 20; level++) {
      deep =
          drive.createFolder(
              deep, level + " sixty characters of a folder's name, \u00e4\u00f6\u00fc ".repeat(2));
    }
    file(deep, "at the end of a long path");
    for (String source : List.of("onedrive-changes", "onedrive")) {
      JsonNode summary = workplace.backup(source);
      assertThat(summary.path("files_failed").asInt()).isZero();
    }
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();

    // What a terminal is shown moves no cursor and turns no text around.
    String listed = workplace.run(0, "ls", "latest").out();
    assertThat(listed).doesNotContain("\u001b", "\u0007", "\u202e", "\u009b", "\r", "\u2028");

    rename();
  }

  /** The same names go through a delta as well: moved to and fro, each item keeps its content. */
  private void rename() throws Exception {
    Item files = drive.at("/files");
    List<Item> items = drive.children(files);
    for (int i = 0; i + 1 < items.size(); i += 2) {
      drive.swapNames(items.get(i), items.get(i + 1));
    }
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(summary.path("data_blobs").asInt()).as("nothing is stored again").isZero();
    FileState expected = FileState.of(drive);
    assertThat(expected.differences(FileState.of(workplace.restore("latest")))).isEmpty();
  }

  @Test
  @DisplayName("that no tree or archive can hold are changed visibly, and that is reported")
  void impossible() throws Exception {
    Item folder = drive.folder("/f");
    for (String name :
        List.of(".", "..", "a/b", "nul\0byte", "c:\\x", "half \ud83d pair", "plain")) {
      file(folder, name);
    }
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(summary.path("files_new").asInt()).isEqualTo(7);
    Path restored = workplace.restore("latest").resolve("f");
    try (var names = Files.list(restored)) {
      assertThat(names).hasSize(7);
    }
    assertThat(Files.exists(directory.resolve("b"))).isFalse();
    Path zip = directory.resolve("all.zip");
    Workplace.Run run = workplace.run(0, "restore", "latest", "-output", zip.toString());
    assertThat(run.out() + run.err()).contains("%5Cx");
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      assertThat(archive.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")))
          .hasSize(7)
          .allMatch(name -> name.matches("f/[^/\\\\]+"))
          .noneMatch(name -> name.equals("f/.") || name.equals("f/.."));
    }
  }

  @Test
  @DisplayName("are kept to 100 ns, before 1970 and after 2038, in the snapshot and on the disk")
  void times() throws Exception {
    Map<String, Instant> times = new HashMap<>();
    for (String time :
        List.of(
            "1601-01-01T00:00:00.0000001Z",
            "1899-12-30T00:00:00Z",
            "1969-12-31T23:59:59.9999999Z",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.0000001Z",
            "2000-02-29T12:34:56.1Z",
            "2026-11-22T10:00:00.1234567Z",
            "2038-01-19T03:14:07.9999999Z",
            "2038-01-19T03:14:08.0000001Z",
            "2106-02-07T06:28:16.5Z",
            "2262-04-11T23:47:16.8547759Z",
            "9999-12-31T23:59:59.9999999Z")) {
      Instant instant = Instant.parse(time);
      String name = time.replace(':', '_');
      drive.setClientTimes(file(drive.root(), name), instant, instant);
      drive.setClientTimes(drive.createFolder(drive.root(), "dir " + name), instant, instant);
      times.put(name, instant);
    }
    workplace.backup("onedrive-changes");
    int seen = 0;
    for (JsonNode node :
        new ObjectMapper().readTree(workplace.run(0, "ls", "-json", "latest").out())) {
      String name = node.path("name").asText().replaceFirst("^dir ", "");
      if (times.containsKey(name)) {
        assertThat(Instant.parse(node.path("mtime").asText())).as(name).isEqualTo(times.get(name));
        seen++;
      }
    }
    assertThat(seen).isEqualTo(2 * times.size());

    // What the disk can hold comes back; what it cannot does not keep the file from coming back.
    FileState expected =
        FileState.of(drive, path -> path.compareTo("/19") > 0 && !path.contains("9999-12"));
    for (Path restored : List.of(workplace.restore("latest"), workplace.resticRestore("latest"))) {
      FileState all = FileState.of(restored);
      assertThat(all.entries()).hasSize(2 * times.size());
      for (Map.Entry<String, FileState.Entry> entry : expected.entries().entrySet()) {
        FileState.Entry actual = all.entries().get(entry.getKey());
        assertThat(actual.content()).isEqualTo(entry.getValue().content());
        if (isWithinReach(entry.getValue().modified())) {
          assertThat(actual.modified()).as(entry.getKey()).isEqualTo(entry.getValue().modified());
        }
      }
    }
  }

  /** What ext4 holds, and a 64-bit number of nanoseconds, which restic passes on. */
  private static boolean isWithinReach(Instant time) {
    return time.isAfter(Instant.parse("1902-01-01T00:00:00Z"))
        && time.isBefore(Instant.parse("2262-01-01T00:00:00Z"));
  }
}
