package io.cloudstic.restic.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.UnknownFields;
import java.io.IOException;
import java.time.OffsetDateTime;

/** The JSON of a summary, in restic's field order. */
final class SummaryCodec {
  private SummaryCodec() {}

  static void write(JsonGenerator json, SnapshotSummary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("backup_start", GoTime.format(summary.backupStart()));
    json.writeStringField("backup_end", GoTime.format(summary.backupEnd()));
    json.writeNumberField("files_new", summary.filesNew());
    json.writeNumberField("files_changed", summary.filesChanged());
    json.writeNumberField("files_unmodified", summary.filesUnmodified());
    json.writeNumberField("dirs_new", summary.dirsNew());
    json.writeNumberField("dirs_changed", summary.dirsChanged());
    json.writeNumberField("dirs_unmodified", summary.dirsUnmodified());
    json.writeNumberField("data_blobs", summary.dataBlobs());
    json.writeNumberField("tree_blobs", summary.treeBlobs());
    json.writeNumberField("data_added", summary.dataAdded());
    json.writeNumberField("data_added_packed", summary.dataAddedPacked());
    json.writeNumberField("total_files_processed", summary.totalFilesProcessed());
    json.writeNumberField("total_bytes_processed", summary.totalBytesProcessed());
    summary.others().writeTo(json);
    json.writeEndObject();
  }

  /** Reads the object whose beginning the parser stands on. */
  static SnapshotSummary read(JsonParser json) throws IOException {
    Fields fields = new Fields();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        fields.read(name, json);
      }
    }
    return fields.toSummary();
  }

  private static final class Fields {
    private OffsetDateTime backupStart = GoTime.ZERO;
    private OffsetDateTime backupEnd = GoTime.ZERO;
    private long filesNew;
    private long filesChanged;
    private long filesUnmodified;
    private long dirsNew;
    private long dirsChanged;
    private long dirsUnmodified;
    private long dataBlobs;
    private long treeBlobs;
    private long dataAdded;
    private long dataAddedPacked;
    private long totalFilesProcessed;
    private long totalBytesProcessed;
    private final UnknownFields.Collector others = new UnknownFields.Collector();

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "backup_start" -> backupStart = GoTime.parse(json.getText());
        case "backup_end" -> backupEnd = GoTime.parse(json.getText());
        case "files_new" -> filesNew = json.getLongValue();
        case "files_changed" -> filesChanged = json.getLongValue();
        case "files_unmodified" -> filesUnmodified = json.getLongValue();
        case "dirs_new" -> dirsNew = json.getLongValue();
        case "dirs_changed" -> dirsChanged = json.getLongValue();
        case "dirs_unmodified" -> dirsUnmodified = json.getLongValue();
        case "data_blobs" -> dataBlobs = json.getLongValue();
        case "tree_blobs" -> treeBlobs = json.getLongValue();
        case "data_added" -> dataAdded = json.getLongValue();
        case "data_added_packed" -> dataAddedPacked = json.getLongValue();
        case "total_files_processed" -> totalFilesProcessed = json.getLongValue();
        case "total_bytes_processed" -> totalBytesProcessed = json.getLongValue();
        default -> others.keep(name, json);
      }
    }

    SnapshotSummary toSummary() {
      return new SnapshotSummary(
          backupStart,
          backupEnd,
          filesNew,
          filesChanged,
          filesUnmodified,
          dirsNew,
          dirsChanged,
          dirsUnmodified,
          dataBlobs,
          treeBlobs,
          dataAdded,
          dataAddedPacked,
          totalFilesProcessed,
          totalBytesProcessed,
          others.collected());
    }
  }
}
