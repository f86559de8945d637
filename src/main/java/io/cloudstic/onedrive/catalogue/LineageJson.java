package io.cloudstic.onedrive.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A {@link Lineage} as JSON. Readers ignore keys that they do not know. */
public final class LineageJson {
  private static final int VERSION = 1;

  private LineageJson() {}

  /** The value of the snapshot's extra field. */
  public static ObjectNode write(Lineage lineage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION);
    json.put("source", lineage.sourceType());
    put(json, "account", lineage.accountId());
    json.put("drive", lineage.driveId());
    put(json, "drive_type", lineage.driveType());
    put(json, "root", lineage.rootId());
    json.put("scope", lineage.scope());
    put(json, "scope_id", lineage.scopeId());
    put(json, "delta_link", lineage.deltaLink());
    put(json, "query", lineage.query());
    json.put("rules", lineage.rules());
    json.put("patterned", lineage.patterned());
    put(json, "last_full", lineage.lastFull() == null ? null : lineage.lastFull().toString());
    json.put("ledger_total", lineage.ledgerTotal());
    if (!lineage.shortcuts().isEmpty()) {
      ArrayNode shortcuts = json.putArray("shortcuts");
      for (Shortcuts.Shortcut shortcut : lineage.shortcuts()) {
        ObjectNode one = shortcuts.addObject();
        one.put("key", shortcut.key());
        one.put("drive", shortcut.drive());
        one.put("item", shortcut.item());
      }
    }
    ArrayNode ledger = json.putArray("ledger");
    for (LedgerEntry entry : lineage.ledger()) {
      ObjectNode item = ledger.addObject();
      item.put("item_id", entry.itemId());
      put(item, "path", entry.path());
      put(item, "reason", entry.reason());
      item.put("permanent", entry.permanent());
      item.put("attempts", entry.attempts());
      put(
          item,
          "first_failed",
          entry.firstFailed() == null ? null : entry.firstFailed().toString());
    }
    return json;
  }

  /** The lineage in an extra field; null when it is absent, foreign or of a later version. */
  public static Lineage read(JsonNode json) {
    if (json == null
        || json.path("version").asInt(0) != VERSION
        || text(json, "drive") == null
        || text(json, "scope") == null) {
      return null;
    }
    List<LedgerEntry> ledger = new ArrayList<>();
    for (JsonNode item : json.path("ledger")) {
      if (text(item, "item_id") != null && ledger.size() < Lineage.MAX_LEDGER) {
        ledger.add(
            new LedgerEntry(
                text(item, "item_id"),
                text(item, "path"),
                text(item, "reason"),
                item.path("permanent").asBoolean(false),
                item.path("attempts").asInt(1),
                Times.parse(text(item, "first_failed"))));
      }
    }
    return new Lineage(
        text(json, "source"),
        text(json, "account"),
        text(json, "drive"),
        text(json, "drive_type"),
        text(json, "root"),
        text(json, "scope"),
        text(json, "scope_id"),
        text(json, "delta_link"),
        text(json, "query"),
        text(json, "rules"),
        json.path("patterned").asBoolean(true),
        Times.parse(text(json, "last_full")),
        List.copyOf(ledger),
        json.path("ledger_total").asLong(ledger.size()),
        shortcuts(json));
  }

  private static List<Shortcuts.Shortcut> shortcuts(JsonNode json) {
    List<Shortcuts.Shortcut> shortcuts = new ArrayList<>();
    for (JsonNode one : json.path("shortcuts")) {
      boolean whole =
          text(one, "key") != null && text(one, "drive") != null && text(one, "item") != null;
      if (whole && shortcuts.size() < Lineage.MAX_SHORTCUTS) {
        shortcuts.add(
            new Shortcuts.Shortcut(text(one, "key"), text(one, "drive"), text(one, "item")));
      }
    }
    return List.copyOf(shortcuts);
  }

  private static void put(ObjectNode json, String key, String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.get(key);
    return value != null && value.isTextual() && !value.textValue().isEmpty()
        ? value.textValue()
        : null;
  }
}
