package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.snapshot.GroupKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The list of snapshots")
class ListTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  /** Each group: its key, and the ids in it. */
  private static Set<String> groups(JsonNode document) {
    Set<String> groups = new TreeSet<>();
    for (JsonNode group : document) {
      Set<String> ids = new TreeSet<>(group.get("snapshots").findValuesAsText("id"));
      groups.add(group.get("group_key").get("tags") + " " + ids);
    }
    return groups;
  }

  @Test
  @DisplayName("takes the last of each group, and names groups as restic does")
  void lastOfEachGroup() throws Exception {
    Workplace workplace = Workplace.in(directory.resolve("work"));
    Path data = Files.createDirectories(directory.resolve("data"));
    workplace.backup("local:" + data);
    workplace.backup("local:" + data, "-tag", "a");
    workplace.backup("local:" + data, "-tag", "a");
    workplace.backup("local:" + data, "-tag", "b", "-tag", "a");

    JsonNode theirs =
        JSON.readTree(
            workplace
                .restic()
                .succeed("snapshots", "--json", "--latest", "1", "--group-by", "tags"));

    JsonNode ours = workplace.run(0, "list", "-json", "-latest", "1", "-group-by", "tags").json();
    assertThat(groups(ours)).hasSize(3).isEqualTo(groups(theirs));
    assertThat(workplace.run(0, "list", "-latest", "2", "-group-by", "tags").out())
        .endsWith("\n4 snapshots\n");
    assertThat(workplace.run(0, "list", "-latest", "1").out()).endsWith("\n1 snapshot\n");
  }

  @Test
  @DisplayName("keeps groups apart whose keys look the same")
  void commasInNames() {
    GroupKey one = new GroupKey("host", List.of("/a, /b"), null);
    GroupKey two = new GroupKey("host", List.of("/a", "/b"), null);

    assertThat(one.text()).isEqualTo(two.text());
    assertThat(one.compareTo(two)).isNotZero();
    assertThat(one.compareTo(new GroupKey("host", List.of("/a, /b"), null))).isZero();
  }
}
