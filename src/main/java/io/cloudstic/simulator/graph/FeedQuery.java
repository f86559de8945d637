package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.wire.Call;
import java.util.Map;

/**
 * The options that began a feed; they are baked into its links.
 *
 * @param select as it came, or the empty string
 * @param top how many entries a page should have
 * @param withoutParents whether the added ancestors are not wanted
 */
record FeedQuery(String select, int top, boolean withoutParents) {
  static FeedQuery of(Call call) {
    Map<String, String> query = call.query();
    int top = PageSize.DEFAULT;
    String asked = query.getOrDefault("$top", "");
    if (asked.matches("[0-9]{1,9}")) {
      top = Math.max(1, Math.min(PageSize.LARGEST, Integer.parseInt(asked)));
    }
    boolean withoutParents = "true".equalsIgnoreCase(call.header("deltaExcludeParent"));
    return new FeedQuery(query.getOrDefault("$select", ""), top, withoutParents);
  }

  Selection selection() {
    return Selection.of(select);
  }

  String toText() {
    return top + " " + withoutParents + " " + select;
  }

  static FeedQuery parse(String text) {
    String[] parts = text.split(" ", 3);
    return new FeedQuery(parts[2], Integer.parseInt(parts[0]), Boolean.parseBoolean(parts[1]));
  }
}
