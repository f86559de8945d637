package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and tags of a repository, by command. */
@DisplayName("The command")
@Timeout(300)
class KeyAndTagTest {
  @TempDir Path directory;

  private Workplace workplace;
  private Path data;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("letter.txt"), "letter");
  }

  @Test
  @DisplayName("key lists, adds, changes and removes passwords")
  void keys() throws Exception {
    Path file = Files.writeString(directory.resolve("new"), "battery staple\n");
    JsonNode added =
        workplace
            .run(0, "key", "add", "-json", "-new-password-file", file.toString(), "-user", "nas")
            .json();
    assertThat(added.path("message_type").asText()).isEqualTo("added");
    String id = added.path("id").asText();

    JsonNode ours = workplace.run(0, "key", "list", "-json").json();
    ours.forEach(key -> ((com.fasterxml.jackson.databind.node.ObjectNode) key).remove("full_id"));
    JsonNode theirs = workplace.restic().json("key", "list", "--json");
    // Short until restic 0.17.
    theirs.forEach(
        key ->
            ((com.fasterxml.jackson.databind.node.ObjectNode) key)
                .put("id", key.path("id").asText().substring(0, 8)));
    assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);

    String text = workplace.run(0, "key", "list").out();
    assertThat(text.lines().findFirst().orElse("")).matches(" ID +User +Host +Created");
    assertThat(text.lines().filter(line -> line.startsWith("*"))).hasSize(1);
    assertThat(text).contains(" " + id.substring(0, 8) + "  nas");

    assertThat(workplace.run(0, "key", "remove", id.substring(0, 6)).out())
        .isEqualTo("Removed key " + id.substring(0, 8) + "\n");
    String own = ours.findParent("id").path("id").asText();
    Workplace.Run refused = workplace.run(2, "key", "remove", onlyKey());
    assertThat(refused.err()).contains("is in use", "cloudstic key passwd");
    assertThat(own).isNotEmpty();

    workplace.run(0, "key", "passwd", "-new-password-file", file.toString());
    workplace.run(12, "list");
    workplace.with("CLOUDSTIC_PASSWORD", "battery staple").run(0, "list");
    assertThat(workplace.locks()).isEmpty();
  }

  private String onlyKey() {
    return workplace.run(0, "key", "list", "-json").json().get(0).path("full_id").asText();
  }

  @Test
  @DisplayName("key says what is wrong with its arguments, and changes nothing")
  void keyMistakes() {
    assertThat(workplace.run(2, "key", "lst").err()).contains("key lst is unknown", "key list");
    assertThat(workplace.run(2, "key", "add").err())
        .contains("no new password is given", "-new-password-file FILE");
    assertThat(workplace.run(2, "key", "remove").err()).contains("needs the id");
    assertThat(workplace.run(2, "key", "remove", "zz").err()).contains("no key 'zz'");
    assertThat(workplace.run(2, "key", "list", "-user", "x").err()).contains("are for new keys");
    assertThat(workplace.run(2, "key", "passwd", "-new-password-file", "/none").err())
        .contains("cannot read the password file /none");
    assertThat(workplace.run(0, "key", "list", "-json").json()).hasSize(1);
  }

  @Test
  @DisplayName("tag changes the tags as restic does and keeps the first id as the original")
  void tags() throws Exception {
    String first = workplace.backup("local:" + data, "-tag", "a,b").path("snapshot_id").asText();
    JsonNode summary = workplace.run(0, "tag", "-add", "c,a", "-json").json();
    assertThat(summary.path("changed_snapshots").asInt()).isOne();
    assertThat(summary.path("snapshots").get(0).path("old_snapshot_id").asText()).isEqualTo(first);
    String second = summary.path("snapshots").get(0).path("new_snapshot_id").asText();
    assertThat(tagsAndOriginal()).containsExactly("a", "b", "c", first);

    Workplace.Run removed = workplace.run(0, "tag", "-remove", "b", second.substring(0, 8));
    assertThat(removed.out())
        .matches(
            second.substring(0, 8)
                + " is now [0-9a-f]{8}, tagged a,c\nModified the tags of 1 snapshot\n");
    assertThat(tagsAndOriginal()).containsExactly("a", "c", first);
    assertThat(workplace.run(0, "tag", "-add", "a", "-tag", "c").out())
        .isEqualTo("Modified the tags of 0 snapshots\n");
    workplace.restic().succeed("tag", "--set", "x");
    assertThat(tagsAndOriginal()).containsExactly("x", first);
    assertThat(workplace.run(0, "tag", "-set", "", "latest").out()).contains("without tags");
    assertThat(tagsAndOriginal()).containsExactly(first);
    assertThat(workplace.run(0, "list").out()).contains("1 snapshot\n");
    workplace.assertSound();

    assertThat(workplace.run(2, "tag", "latest").err()).contains("nothing to do", "-add TAG");
    assertThat(workplace.run(2, "tag", "-set", "a", "-add", "b").err())
        .contains("-set does not go");
    assertThat(workplace.run(1, "tag", "-add", "b", "none").err()).contains("no snapshot 'none'");
  }

  private List<String> tagsAndOriginal() throws Exception {
    JsonNode snapshot = workplace.restic().json("snapshots", "--json").get(0);
    List<String> all = new ArrayList<>();
    snapshot.path("tags").forEach(tag -> all.add(tag.asText()));
    all.add(snapshot.path("original").asText());
    return all;
  }

  @Test
  @DisplayName("tag keeps the place in the drive's feed, so that the next run is a short one")
  void tagKeepsLineage() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().seed(31))) {
      DriveModel drive = simulator.model();
      drive.put("/report.txt", "report");
      workplace.on(simulator);
      workplace.backup("onedrive-changes");
      workplace.run(0, "tag", "-add", "quarter");
      JsonNode next = workplace.backup("onedrive-changes");
      assertThat(next.path("scan").asText()).isEqualTo("delta");
      assertThat(next.path("files_unmodified").asInt()).isEqualTo(1);
      assertThat(workplace.restic().json("snapshots", "--json").get(1).path("parent"))
          .isEqualTo(workplace.restic().json("snapshots", "--json").get(0).path("id"));
    }
  }
}
