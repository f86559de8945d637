package io.cloudstic.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A delta consumer by the documentation alone: the last entry of an id wins, tombstones remove the
 * item and all below it by the final chain of parents, ids of personal drives are compared without
 * regard to case and leading zeros.
 */
final class FeedReader {
  private final Caller caller;
  private final Map<String, JsonNode> known = new HashMap<>();
  private String deltaLink;
  private int pages;
  private int entries;

  FeedReader(Caller caller) {
    this.caller = caller;
  }

  int pages() {
    return pages;
  }

  int entries() {
    return entries;
  }

  String deltaLink() {
    return deltaLink;
  }

  /** Reads a feed from this link to its end. */
  void read(String link) {
    Map<String, JsonNode> staged = new LinkedHashMap<>();
    String next = link;
    while (next != null) {
      JsonNode page = caller.json200(next);
      pages++;
      for (JsonNode item : page.path("value")) {
        entries++;
        staged.put(key(item.path("id").asText()), item);
      }
      next = page.path("@odata.nextLink").asText(null);
      deltaLink = page.path("@odata.deltaLink").asText(null);
    }
    staged.forEach(
        (id, item) -> {
          if (!item.has("deleted")) {
            known.put(id, item);
          }
        });
    staged.forEach(
        (id, item) -> {
          if (item.has("deleted")) {
            known.remove(id);
          }
        });
  }

  void readOn() {
    read(deltaLink);
  }

  /** Paths of what hangs on the root, with what a file shows of its content. */
  Map<String, String> tree() {
    Map<String, String> tree = new TreeMap<>();
    known.forEach(
        (id, item) -> {
          String path = item.has("root") ? null : path(item, 0);
          if (path != null) {
            String content =
                item.path("size").asLong() + " " + item.at("/file/hashes/quickXorHash").asText();
            tree.put(path, item.has("file") ? content : "folder");
          }
        });
    return tree;
  }

  private String path(JsonNode item, int depth) {
    JsonNode parent = known.get(key(item.at("/parentReference/id").asText()));
    if (parent == null || depth > 100) {
      return null;
    }
    String above = parent.has("root") ? "" : path(parent, depth + 1);
    return above == null ? null : above + "/" + item.path("name").asText();
  }

  private static String key(String id) {
    int mark = id.indexOf('!');
    if (mark < 0) {
      return id;
    }
    String drive = id.substring(0, mark).toLowerCase(Locale.ROOT);
    return "0".repeat(16 - drive.length()) + drive + id.substring(mark);
  }
}
