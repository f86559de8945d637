package io.cloudstic.restic.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.GoJson;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.UnknownFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON of a snapshot, byte for byte as restic writes it: its field order, Go's escapes and
 * times, empty fields left out but time, tree and paths. Unknown fields follow at the end.
 */
final class SnapshotCodec {
  private SnapshotCodec() {}

  static byte[] encode(Snapshot snapshot) {
    return GoJson.write(json -> write(json, snapshot));
  }

  private static void write(JsonGenerator json, Snapshot snapshot) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", GoTime.format(snapshot.time()));
    writeId(json, "parent", snapshot.parent().orElse(null));
    writeId(json, "tree", snapshot.tree());
    writeList(json, "paths", snapshot.paths());
    writeText(json, "hostname", snapshot.hostname());
    writeText(json, "username", snapshot.username());
    if (snapshot.uid() != 0) {
      json.writeNumberField("uid", snapshot.uid());
    }
    if (snapshot.gid() != 0) {
      json.writeNumberField("gid", snapshot.gid());
    }
    if (!snapshot.excludes().isEmpty()) {
      writeList(json, "excludes", snapshot.excludes());
    }
    if (!snapshot.tags().isEmpty()) {
      writeList(json, "tags", snapshot.tags());
    }
    writeId(json, "original", snapshot.original().orElse(null));
    writeText(json, "program_version", snapshot.programVersion());
    if (snapshot.summary().isPresent()) {
      json.writeFieldName("summary");
      SummaryCodec.write(json, snapshot.summary().get());
    }
    snapshot.others().writeTo(json);
    json.writeEndObject();
  }

  private static void writeId(JsonGenerator json, String name, Id id) throws IOException {
    if (id != null) {
      json.writeStringField(name, id.hex());
    }
  }

  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, GoJson.wellFormed(text));
    }
  }

  private static void writeList(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(GoJson.wellFormed(text));
    }
    json.writeEndArray();
  }

  /**
   * Reads a snapshot, without its id.
   *
   * @throws IOException when it is not the JSON of a snapshot, or has no tree
   */
  static Snapshot decode(byte[] text) throws IOException {
    Snapshot.Builder builder = Snapshot.builder().time(GoTime.ZERO);
    Reader reader = new Reader(builder);
    try (JsonParser json = GoJson.parse(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_NULL) {
          reader.read(name, json);
        }
      }
      return reader.finish();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static final class Reader {
    private final Snapshot.Builder builder;
    private final UnknownFields.Collector others = new UnknownFields.Collector();
    private boolean hasTree;
    private long uid;
    private long gid;

    Reader(Snapshot.Builder builder) {
      this.builder = builder;
    }

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "time" -> builder.time(GoTime.parse(json.getText()));
        case "parent" -> builder.parent(Id.parse(json.getText()));
        case "tree" -> {
          builder.tree(Id.parse(json.getText()));
          hasTree = true;
        }
        case "paths" -> builder.paths(readList(json));
        case "hostname" -> builder.hostname(json.getText());
        case "username" -> builder.username(json.getText());
        case "uid" -> uid = json.getLongValue();
        case "gid" -> gid = json.getLongValue();
        case "excludes" -> builder.excludes(readList(json));
        case "tags" -> builder.tags(readList(json));
        case "original" -> builder.original(Id.parse(json.getText()));
        case "program_version" -> builder.programVersion(json.getText());
        case "summary" -> builder.summary(SummaryCodec.read(json));
        default -> others.keep(name, json);
      }
    }

    private static List<String> readList(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new IOException("not a list");
      }
      List<String> texts = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        texts.add(json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText());
      }
      return texts;
    }

    Snapshot finish() throws IOException {
      if (!hasTree) {
        throw new IOException("a snapshot without a tree");
      }
      return builder.owner(uid, gid).others(others.collected()).build();
    }
  }
}
