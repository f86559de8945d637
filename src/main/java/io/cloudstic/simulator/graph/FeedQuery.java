package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.wire.Call;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The options that began a feed; they are baked into its links.
 *
 * @param select as it came, or the empty string
 * @param top how many entries a page should have
 * @param withoutParents whether the added ancestors are not wanted
 * @param withShortcuts whether shortcuts are wanted where they are hidden from old clients
 */
record FeedQuery(String select, int top, boolean withoutParents, boolean withShortcuts) {
  private static final String SHORTCUTS = "include-feature=addtoonedrive";

  static FeedQuery of(Call call) {
    Map<String, String> query = call.query();
    int top = PageSize.DEFAULT;
    String asked = query.getOrDefault("$top", "");
    if (asked.matches("[0-9]{1,9}")) {
      top = Math.max(1, Math.min(PageSize.LARGEST, Integer.parseInt(asked)));
    }
    boolean withoutParents = "true".equalsIgnoreCase(call.header("deltaExcludeParent"));
    String prefer = Objects.requireNonNullElse(call.header("prefer"), "");
    boolean withShortcuts = prefer.toLowerCase(Locale.ROOT).contains(SHORTCUTS);
    return new FeedQuery(query.getOrDefault("$select", ""), top, withoutParents, withShortcuts);
  }

  Selection selection() {
    return Selection.of(select);
  }

  String toText() {
    return top + " " + withoutParents + " " + withShortcuts + " " + select;
  }

  static FeedQuery parse(String text) {
    String[] parts = text.split(" ", 4);
    return new FeedQuery(
        parts[3],
        Integer.parseInt(parts[0]),
        Boolean.parseBoolean(parts[1]),
        Boolean.parseBoolean(parts[2]));
  }

  /** Migrated personal accounts hide shortcuts from clients that do not ask for them. */
  boolean shows(DriveModel drive, Item item) {
    return withShortcuts || !drive.isMigrated() || item.remoteItemId() == null;
  }
}
