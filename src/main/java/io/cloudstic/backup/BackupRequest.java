package io.cloudstic.backup;

import io.cloudstic.onedrive.rules.PatternLine;
import java.util.List;

/**
 * What a backup is asked to do.
 *
 * @param source what is backed up
 * @param user object id or user principal name of the person whose drive it is; null for whoever is
 *     signed in
 * @param patterns gitignore patterns in order, of {@code -exclude} and {@code -exclude-file}
 * @param followShortcuts whether what shortcuts lead to in other drives is backed up, too
 * @param tags for the snapshot
 * @param dryRun fetch and write nothing, say what would be done
 * @param full enumerate anew even where a delta link is known
 * @param ignoreEmpty make no snapshot when nothing changed
 * @param verifyHashes compare downloads with the hashes that Graph gives
 */
public record BackupRequest(
    SourceSpec source,
    String user,
    List<PatternLine> patterns,
    boolean followShortcuts,
    List<String> tags,
    boolean dryRun,
    boolean full,
    boolean ignoreEmpty,
    boolean verifyHashes) {}
