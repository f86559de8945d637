package io.cloudstic.simulator.drive;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One item of the drive: about 130 bytes besides its strings. Only {@link DriveModel} changes it,
 * under its write lock; whoever reads several properties does so in {@link DriveModel#reading}.
 */
public final class Item {
  final int ordinal;
  String id;
  Item parent;
  String name;
  Folder folder;
  Content content;
  Extras extras;
  int traits;
  int version = 1;
  int contentVersion = 1;
  private int downloads;
  boolean deleted;

  long created;
  long modified;
  long clientCreated;
  long clientModified;

  /** Place in the change log: number of the last change, and the neighbours. */
  long change;

  Item older;
  Item newer;

  private volatile ContentHashes hashes;

  /** What only folders have. */
  static final class Folder {
    final Map<String, Item> children = new HashMap<>(4);
    long total;
    int changesBelow;
  }

  /** What few items have. */
  static final class Extras {
    String packageType;
    String specialFolder;
    String remoteDriveId;
    String remoteItemId;
    Item remote;
    Content served;
    String mimeType;
    long shownSize = -1;
    String toldParent;
    boolean toldEverywhere;
  }

  Item(int ordinal, String id, String name) {
    this.ordinal = ordinal;
    this.id = id;
    this.name = name;
  }

  Extras extras() {
    if (extras == null) {
      extras = new Extras();
    }
    return extras;
  }

  /** The id in its canonical spelling. */
  public String id() {
    return id;
  }

  /** A small number that names the item within its drive. */
  public int ordinal() {
    return ordinal;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The folder it is in, or was in when deleted; null for the root. */
  public Item parent() {
    return parent;
  }

  /** Whether it is the drive's root. */
  public boolean isRoot() {
    return parent == null;
  }

  /** Whether it shows the {@code folder} facet. */
  public boolean isFolder() {
    return folder != null;
  }

  /** Whether it has content. */
  public boolean isFile() {
    return content != null;
  }

  /** Whether it is a tombstone. */
  public boolean isDeleted() {
    return deleted;
  }

  /** What its metadata speaks of, or null without content. */
  public Content content() {
    return content;
  }

  /** What a download gives: the content, except for the files that lie. */
  public Content served() {
    return extras != null && extras.served != null ? extras.served : content;
  }

  /** The size that its metadata shows, in bytes; that of folders counts all below. */
  public long size() {
    if (extras != null && extras.shownSize >= 0) {
      return extras.shownSize;
    }
    return content != null ? content.size() : folder != null ? folder.total : 0;
  }

  /**
   * The id of the folder that feeds tell it is in; the true one unless something else was set.
   *
   * @param inFeed whether a feed asks; else somebody asks for this item alone
   */
  public String toldParentId(boolean inFeed) {
    boolean told = extras != null && extras.toldParent != null;
    return told && (inFeed || extras.toldEverywhere) ? extras.toldParent : parent.id;
  }

  /** How many children it has now. */
  public int childCount() {
    return folder == null ? 0 : folder.children.size();
  }

  /** Grows with each change of anything. */
  public int version() {
    return version;
  }

  /** Grows with each change of the content; for folders with changes below. */
  public int contentVersion() {
    return folder == null ? contentVersion : folder.changesBelow;
  }

  /** The time of modification that the uploading client gave, in steps of 100 ns. */
  public Instant clientModified() {
    return Ticks.toInstant(clientModified);
  }

  /** The time of creation that the uploading client gave, in steps of 100 ns. */
  public Instant clientCreated() {
    return Ticks.toInstant(clientCreated);
  }

  /** The server's time of creation, as Graph writes it. */
  public String createdText() {
    return Ticks.toText(created);
  }

  /** The server's time of the last change as Graph writes it. */
  public String modifiedText() {
    return Ticks.toText(modified);
  }

  /** {@link #clientCreated()} as Graph writes it. */
  public String clientCreatedText() {
    return Ticks.toText(clientCreated);
  }

  /** {@link #clientModified()} as Graph writes it. */
  public String clientModifiedText() {
    return Ticks.toText(clientModified);
  }

  /** Whether it is odd in this way. */
  public boolean has(Trait trait) {
    return (traits & trait.bit()) != 0;
  }

  /** The package type such as {@code oneNote}, or null. */
  public String packageType() {
    return extras == null ? null : extras.packageType;
  }

  /** The well-known name such as {@code vault}, or null. */
  public String specialFolder() {
    return extras == null ? null : extras.specialFolder;
  }

  /** The drive that a shortcut points into, or null. */
  public String remoteDriveId() {
    return extras == null ? null : extras.remoteDriveId;
  }

  /** The item that a shortcut points to, or null. */
  public String remoteItemId() {
    return extras == null ? null : extras.remoteItemId;
  }

  /** The item that a shortcut points to, when it exists. */
  public Item remote() {
    return extras == null ? null : extras.remote;
  }

  /** The MIME type that was set, or null. */
  public String mimeType() {
    return extras == null ? null : extras.mimeType;
  }

  /** How often its bytes were asked for at the storage host. */
  public synchronized int downloads() {
    return downloads;
  }

  /** The path below the root: {@code /a/b}; of the root {@code /}. */
  public String path() {
    if (parent == null) {
      return "/";
    }
    return parent.parent == null ? "/" + name : parent.path() + "/" + name;
  }

  /** Whether {@code folder} is this item or above it. */
  public boolean isWithin(Item folder) {
    for (Item at = this; at != null; at = at.parent) {
      if (at == folder) {
        return true;
      }
    }
    return false;
  }

  /** The hashes of the content, computed when first asked for. */
  public ContentHashes hashes(AccountType type) {
    ContentHashes known = hashes;
    if (known == null) {
      known = ContentHashes.of(content, type);
      hashes = known;
    }
    return known;
  }

  /** Counts a request for its bytes. */
  public synchronized void downloaded() {
    downloads++;
  }

  void content(Content newContent) {
    content = newContent;
    hashes = null;
  }

  @Override
  public String toString() {
    return (deleted ? "deleted " : "") + id + " " + path();
  }
}
