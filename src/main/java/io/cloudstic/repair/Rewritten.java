package io.cloudstic.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** A snapshot in its new form. */
final class Rewritten {
  /** Where the change feed goes on, in what a snapshot carries of its drive. */
  private static final String DELTA_LINK = "delta_link";

  private Rewritten() {}

  static Snapshot of(Snapshot snapshot, TreeRepair.Outcome outcome, String program) {
    List<String> tags = new ArrayList<>(snapshot.tags());
    if (!tags.contains(SnapshotRepair.TAG)) {
      tags.add(SnapshotRepair.TAG);
    }
    Id original = snapshot.original().orElse(snapshot.id());
    Snapshot.Builder rewritten =
        snapshot.toBuilder()
            .tree(outcome.tree())
            .tags(tags)
            .original(original)
            .programVersion(program);
    if (outcome.entriesLost() && snapshot.cloudstic().orElse(null) instanceof ObjectNode extra) {
      // The feed does not name what has not changed: only a full enumeration brings it back.
      ObjectNode without = extra.deepCopy();
      without.remove(DELTA_LINK);
      rewritten.cloudstic((JsonNode) without);
    }
    return rewritten.build();
  }
}
