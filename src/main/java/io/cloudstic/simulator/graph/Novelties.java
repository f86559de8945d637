package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.drive.Item;
import java.io.IOException;

/**
 * What a service of many teams writes some day: fields nobody has documented, values without sense.
 */
final class Novelties {
  private static final String[] NO_TIMES = {
    "0001-01-01T00:00:00-08:00", "9999-12-31T23:59:59.9999999Z", "1601-01-01T00:00:00Z", "", "soon"
  };

  private Novelties() {}

  /** Unknown facets on an item. */
  static void ofItem(JsonGenerator json, Item item) throws IOException {
    json.writeNullField("retentionLabel");
    json.writeStringField("lastModifiedDateTime@odata.type", "#DateTimeOffset");
    json.writeObjectFieldStart("hologram");
    json.writeNumberField("depth", 1e300);
    json.writeArrayFieldStart("frames");
    json.writeStartArray();
    json.writeNumber(item.ordinal());
    json.writeEndArray();
    json.writeNull();
    json.writeStartObject();
    json.writeBooleanField("file", true);
    json.writeStringField("id", "not the item's");
    json.writeObjectFieldStart("deleted");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeArrayFieldStart("@microsoft.graph.tips");
    json.writeString("Use $select");
    json.writeEndArray();
  }

  /** Unknown fields around the items of a page, one of them with items that are none of it. */
  static void ofPage(JsonGenerator json) throws IOException {
    json.writeNumberField("@odata.count", -1);
    json.writeObjectFieldStart("@microsoft.graph.telemetry");
    json.writeArrayFieldStart("value");
    json.writeStartObject();
    json.writeStringField("id", "no-item");
    json.writeEndObject();
    json.writeEndArray();
    json.writeStringField("@odata.deltaLink", "no link");
    json.writeEndObject();
    json.writeNullField("@odata.nextLinkHint");
  }

  /** A tombstone's fields, none of which can be true. */
  static void nonsenseTombstone(JsonGenerator json, Selection fields) throws IOException {
    int which = 0;
    for (String field : new String[] {"createdDateTime", "lastModifiedDateTime"}) {
      if (fields.has(field)) {
        json.writeStringField(field, NO_TIMES[which++]);
      }
    }
    if (fields.has("name")) {
      json.writeStringField("name", "");
    }
    if (fields.has("size")) {
      json.writeNumberField("size", -1);
    }
    if (fields.has("parentReference")) {
      json.writeObjectFieldStart("parentReference");
      json.writeStringField("id", "never-seen");
      json.writeEndObject();
    }
    if (fields.has("deleted")) {
      json.writeObjectFieldStart("deleted");
      json.writeStringField("state", "softDeleted");
      json.writeEndObject();
    }
    if (fields.has("fileSystemInfo")) {
      json.writeObjectFieldStart("fileSystemInfo");
      json.writeStringField("createdDateTime", NO_TIMES[3]);
      json.writeStringField("lastModifiedDateTime", NO_TIMES[4]);
      json.writeEndObject();
    }
  }

  /** A tombstone of something that nobody ever saw. */
  static void unknownTombstone(JsonGenerator json, String id) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeObjectFieldStart("deleted");
    json.writeStringField("state", "deleted");
    json.writeEndObject();
    json.writeEndObject();
  }
}
