package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemKind;
import java.time.Instant;

/**
 * What a feed or a listing says of one item. Everything but key and id may be absent.
 *
 * @param key the id as it is compared
 * @param id the id as received
 * @param parent key of the folder it is in
 * @param given the name as received
 * @param kind what it is
 * @param deleted whether this is a tombstone
 * @param facts what tells its content
 * @param created creation time
 * @param mimeType of a file
 * @param modifiedBy who changed it last
 * @param vault whether it is the Personal Vault
 * @param malware whether it is flagged as infected
 * @param childCount of a folder, or -1
 */
public record FeedEntry(
    String key,
    String id,
    String parent,
    String given,
    ItemKind kind,
    boolean deleted,
    ContentFacts facts,
    Instant created,
    String mimeType,
    String modifiedBy,
    boolean vault,
    boolean malware,
    int childCount) {

  /** The entry of an item as Graph reported it. */
  public static FeedEntry of(DriveItem item, DriveIds ids) {
    return new FeedEntry(
        ids.key(item.id()),
        item.id(),
        item.kind() == ItemKind.ROOT ? null : ids.key(item.parentId()),
        item.name(),
        item.kind(),
        item.deleted(),
        ContentFacts.of(item),
        item.created(),
        item.mimeType(),
        item.modifiedBy(),
        "vault".equalsIgnoreCase(item.specialFolder()),
        item.malware(),
        item.childCount());
  }

  /** The name that its node gets. */
  public String nodeName() {
    return NodeName.of(given, key);
  }

  /** The same as the root, whose parent and name mean nothing. */
  public FeedEntry asRoot() {
    return with(key, null, ItemKind.ROOT, deleted, facts, false, false);
  }

  /** A tombstone of the same item. */
  public FeedEntry asDeleted() {
    return with(key, parent, kind, true, facts, vault, malware);
  }

  /** The same, known as the Personal Vault. */
  public FeedEntry asVault() {
    return with(key, parent, kind, deleted, facts, true, malware);
  }

  /** The same under another key, in this folder. */
  public FeedEntry keyed(String otherKey, String folder) {
    return with(otherKey, folder, kind, deleted, facts, vault, malware);
  }

  /** The same as what a shortcut leads to. */
  public FeedEntry leadingTo(ItemKind otherKind, ContentFacts otherFacts) {
    return with(key, parent, otherKind, deleted, otherFacts, vault, malware);
  }

  /** The same, in this folder. */
  public FeedEntry in(String folder) {
    return keyed(key, folder);
  }

  private FeedEntry with(
      String otherKey,
      String otherParent,
      ItemKind otherKind,
      boolean isDeleted,
      ContentFacts otherFacts,
      boolean isVault,
      boolean isMalware) {
    return new FeedEntry(
        otherKey,
        id,
        otherParent,
        given,
        otherKind,
        isDeleted,
        otherFacts,
        created,
        mimeType,
        modifiedBy,
        isVault,
        isMalware,
        childCount);
  }
}
