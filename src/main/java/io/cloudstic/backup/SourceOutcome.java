package io.cloudstic.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.onedrive.scan.Reconciled;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * What a source has to say when everything of it is stored.
 *
 * @param tree the root tree
 * @param parent the snapshot that this one was compared with, or null
 * @param hostname for the snapshot
 * @param paths for the snapshot
 * @param type as in {@code -source}
 * @param scan {@code full} or {@code delta}
 * @param counts new, changed, removed
 * @param failures the ledger
 * @param leftOut what is not backed up and why, by name, for people; bounded
 * @param warnings for people
 * @param alarm what people must not overlook; null when there is nothing
 * @param reconciled what the change feeds had missed; null unless that was looked into
 * @param graphRequests calls to Graph
 * @param throttled how long Microsoft asked us to wait
 * @param extra kept in the snapshot's field {@code cloudstic}; null when there is nothing
 */
public record SourceOutcome(
    Id tree,
    Snapshot parent,
    String hostname,
    List<String> paths,
    String type,
    String scan,
    EntryCounts counts,
    List<Failure> failures,
    List<String> leftOut,
    List<String> warnings,
    String alarm,
    Reconciled reconciled,
    long graphRequests,
    Duration throttled,
    JsonNode extra) {}
