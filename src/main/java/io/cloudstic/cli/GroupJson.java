package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.snapshot.GroupKey;
import java.util.List;

/** What the snapshots of a group have in common, in restic's forms. */
final class GroupJson {
  private GroupJson() {}

  /** As {@code snapshots --group-by} shows it: a part that does not count is empty or null. */
  static ObjectNode of(GroupKey key) {
    ObjectNode json = Json.object();
    json.put("hostname", key.host() == null ? "" : key.host());
    json.set("paths", strings(key.paths()));
    json.set("tags", key.tags() == null || key.tags().isEmpty() ? null : strings(key.tags()));
    return json;
  }

  /** A list of texts, or null as restic writes it where there is none. */
  static ArrayNode strings(List<String> words) {
    if (words == null) {
      return null;
    }
    ArrayNode array = Json.array();
    words.forEach(array::add);
    return array;
  }
}
