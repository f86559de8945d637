package io.cloudstic.onedrive.catalogue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the catalogue knows of the drive as a whole; texts are null where nothing is known.
 *
 * @param snapshot hex id of the snapshot that the catalogue belongs to
 * @param accountId whose sign-in it was
 * @param driveKey the drive
 * @param rootKey key of the drive's root
 * @param rootId the root as received
 * @param scopeKey key of the folder that is backed up
 * @param scopeId that folder as received
 * @param deltaLink where the next feed begins
 * @param query fingerprint of the query that the link belongs to
 * @param rules fingerprint of the rules
 * @param lastFull the last full enumeration
 * @param wholeDrive whether every folder of the drive is known, in the scope or not
 */
public record CatalogueState(
    String snapshot,
    String accountId,
    String driveKey,
    String rootKey,
    String rootId,
    String scopeKey,
    String scopeId,
    String deltaLink,
    String query,
    String rules,
    Instant lastFull,
    boolean wholeDrive) {
  /** Nothing known. */
  public static final CatalogueState EMPTY =
      new CatalogueState(null, null, null, null, null, null, null, null, null, null, null, false);

  /** The same with this root. */
  public CatalogueState withRoot(String key, String id) {
    return new CatalogueState(
        snapshot,
        accountId,
        driveKey,
        key,
        id,
        scopeKey,
        scopeId,
        deltaLink,
        query,
        rules,
        lastFull,
        wholeDrive);
  }

  /** The same, of this folder. */
  public CatalogueState withScope(String key, String id) {
    return new CatalogueState(
        snapshot,
        accountId,
        driveKey,
        rootKey,
        rootId,
        key,
        id,
        deltaLink,
        query,
        rules,
        lastFull,
        wholeDrive);
  }

  /** The same, of this snapshot. */
  CatalogueState withSnapshot(String id) {
    return new CatalogueState(
        id,
        accountId,
        driveKey,
        rootKey,
        rootId,
        scopeKey,
        scopeId,
        deltaLink,
        query,
        rules,
        lastFull,
        wholeDrive);
  }

  /** As texts by name, as {@link #decode} takes them. */
  Map<String, String> encode() {
    Map<String, String> texts = new HashMap<>();
    texts.put("snapshot", snapshot);
    texts.put("account", accountId);
    texts.put("drive", driveKey);
    texts.put("root", rootKey);
    texts.put("rootId", rootId);
    texts.put("scope", scopeKey);
    texts.put("scopeId", scopeId);
    texts.put("link", deltaLink);
    texts.put("query", query);
    texts.put("rules", rules);
    texts.put("lastFull", lastFull == null ? null : Times.encode(lastFull));
    texts.put("wholeDrive", Boolean.toString(wholeDrive));
    return texts;
  }

  /** Other names among the texts are left alone; of no texts at all it is {@link #EMPTY}. */
  static CatalogueState decode(Map<String, String> texts) {
    return new CatalogueState(
        texts.get("snapshot"),
        texts.get("account"),
        texts.get("drive"),
        texts.get("root"),
        texts.get("rootId"),
        texts.get("scope"),
        texts.get("scopeId"),
        texts.get("link"),
        texts.get("query"),
        texts.get("rules"),
        Times.decode(texts.get("lastFull")),
        Boolean.parseBoolean(texts.get("wholeDrive")));
  }
}
