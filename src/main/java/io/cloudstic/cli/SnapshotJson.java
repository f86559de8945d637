package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import java.io.IOException;

/** A snapshot as {@code restic snapshots --json} shows it: its own JSON, and its id. */
final class SnapshotJson {
  private SnapshotJson() {}

  static ObjectNode of(Snapshot snapshot) throws IOException {
    ObjectNode json = (ObjectNode) Json.parse(Snapshots.json(snapshot));
    // The delta link among it is of no use to anybody but the next run.
    json.remove("cloudstic");
    json.put("id", snapshot.id().hex());
    json.put("short_id", snapshot.id().brief());
    return json;
  }
}
