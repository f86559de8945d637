package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import java.time.Instant;

/**
 * A live item of the drive.
 *
 * @param key the id as it is compared
 * @param id the id as received
 * @param parent key of the folder it is in; null for the root, empty when its place is unknown
 * @param name of the node in the snapshot
 * @param givenName the name at Graph where it cannot be a node's name or is taken; else null
 * @param kind what it is
 * @param facts what Graph said last
 * @param created creation time, or null
 * @param mimeType of a file, or null
 * @param modifiedBy who changed it last, or null
 * @param vault whether it is the Personal Vault, which is closed to programs
 * @param malware whether Graph flags it as infected
 * @param listed of a folder: whether its children are known
 * @param inParent whether the parent snapshot has it
 * @param differs whether it changed since the parent snapshot
 * @param content what is stored of it, or null; see {@link #stale}
 * @param stale whether the content is of an earlier version than {@code facts} tell
 */
public record CataloguedItem(
    String key,
    String id,
    String parent,
    String name,
    String givenName,
    ItemKind kind,
    ContentFacts facts,
    Instant created,
    String mimeType,
    String modifiedBy,
    boolean vault,
    boolean malware,
    boolean listed,
    boolean inParent,
    boolean differs,
    StoredContent content,
    boolean stale) {

  /** Whether it can have children that belong in a backup. */
  public boolean isFolder() {
    return kind == ItemKind.ROOT || kind == ItemKind.FOLDER;
  }

  /** Whether its current content is yet to be fetched. */
  public boolean lacksContent() {
    return kind == ItemKind.FILE && (content == null || stale);
  }

  /** How it relates to the parent snapshot. */
  public Change change() {
    if (!inParent) {
      return Change.NEW;
    }
    return differs ? Change.CHANGED : Change.UNMODIFIED;
  }

  /** The modification time for the node: that of the version stored; null when unknown. */
  public Instant nodeModified() {
    return shown().modified();
  }

  /** The record that the node carries. */
  public ItemFacts nodeFacts() {
    ContentFacts shown = shown();
    boolean file = content != null;
    return new ItemFacts(
        id,
        givenName,
        shown.eTag(),
        shown.cTag(),
        shown.hashes(),
        file && shown.size() != content.length() ? shown.size() : -1,
        created,
        mimeType,
        modifiedBy,
        file ? content.mark() : null,
        stale);
  }

  /** As Graph would report it, without a download URL. */
  public DriveItem toDriveItem(String driveId) {
    return toDriveItem(driveId, id);
  }

  /** The same, of the item of this id, to which a shortcut leads. */
  public DriveItem toDriveItem(String driveId, String itemId) {
    Hashes hashes = facts.hashes();
    return new DriveItem(
        itemId,
        driveId,
        parent,
        givenName == null ? name : givenName,
        kind,
        false,
        facts.size(),
        created,
        facts.modified(),
        facts.eTag(),
        facts.cTag(),
        hashes,
        mimeType,
        -1,
        modifiedBy,
        null,
        malware,
        null,
        null,
        null,
        vault ? "vault" : null);
  }

  /** The same under another name, since its own is taken. */
  CataloguedItem named(String other) {
    return with(other, givenName == null ? name : givenName, differs, content);
  }

  /** The same with all of its content. */
  CataloguedItem withContent(StoredContent other) {
    return with(name, givenName, differs, other);
  }

  /** The same, changed since the parent snapshot. */
  CataloguedItem differing() {
    return with(name, givenName, true, content);
  }

  private CataloguedItem with(
      String otherName, String otherGivenName, boolean hasChanged, StoredContent otherContent) {
    return new CataloguedItem(
        key,
        id,
        parent,
        otherName,
        otherGivenName,
        kind,
        facts,
        created,
        mimeType,
        modifiedBy,
        vault,
        malware,
        listed,
        inParent,
        hasChanged,
        otherContent,
        stale);
  }

  private ContentFacts shown() {
    return stale && content != null ? content.facts() : facts;
  }
}
