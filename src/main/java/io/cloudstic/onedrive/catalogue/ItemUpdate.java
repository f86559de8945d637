package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.util.Objects;

/** What becomes of an item when Graph says something new of it. */
final class ItemUpdate {
  private ItemUpdate() {}

  /** The item after the entry; {@code old} is null for an item that was not known. */
  static CataloguedItem apply(CataloguedItem old, FeedEntry entry, boolean listed) {
    ItemKind kind = kind(old, entry);
    boolean folder = kind == ItemKind.ROOT || kind == ItemKind.FOLDER;
    CataloguedItem content = kind == ItemKind.FILE ? withFacts(old, entry.facts()) : null;
    String given = entry.given() == null && old != null ? given(old) : entry.given();
    String name = NodeName.of(given, entry.key());
    CataloguedItem item =
        new CataloguedItem(
            entry.key(),
            // An id comes in several spellings: the first one stays, so that nodes stay the same.
            old == null ? entry.id() : old.id(),
            parent(old, entry, kind),
            name,
            name.equals(given) ? null : Objects.requireNonNullElse(given, ""),
            kind,
            content == null ? facts(old, entry, kind) : content.facts(),
            entry.created() == null && old != null ? old.created() : entry.created(),
            entry.mimeType() == null && old != null ? old.mimeType() : entry.mimeType(),
            entry.modifiedBy() == null && old != null ? old.modifiedBy() : entry.modifiedBy(),
            // Only some listings name the vault; what was recognised once stays it.
            entry.vault() || old != null && old.vault(),
            entry.malware(),
            !folder || (old != null && old.isFolder() ? old.listed() : listed),
            old != null && old.inParent(),
            old != null && old.differs(),
            content == null ? null : content.content(),
            content != null && content.stale());
    return old == null || sameButDiffers(old, item) ? item : differing(item);
  }

  static Items.Effect effect(CataloguedItem old, CataloguedItem item) {
    if (old == null) {
      return Items.Effect.NEW;
    }
    boolean placed =
        Objects.equals(old.parent(), item.parent())
            && old.name().equals(item.name())
            && old.kind() == item.kind();
    if (!placed) {
      return Items.Effect.MOVED;
    }
    return sameButDiffers(old, item) ? Items.Effect.NONE : Items.Effect.CHANGED;
  }

  /** Whether nothing is different that a snapshot shows. */
  private static boolean sameButDiffers(CataloguedItem old, CataloguedItem item) {
    // The root is no node of a snapshot, and comes with other times in nearly every feed.
    return item.kind() == ItemKind.ROOT
        || Objects.equals(old.parent(), item.parent())
            && old.name().equals(item.name())
            && Objects.equals(old.givenName(), item.givenName())
            && old.kind() == item.kind()
            && old.facts().saysNoOtherThan(item.facts())
            && Objects.equals(old.created(), item.created())
            && Objects.equals(old.mimeType(), item.mimeType())
            && Objects.equals(old.modifiedBy(), item.modifiedBy())
            && old.malware() == item.malware()
            && old.vault() == item.vault();
  }

  /** An entry without facets, as Graph sometimes sends, does not turn a file into nothing. */
  private static ItemKind kind(CataloguedItem old, FeedEntry entry) {
    return entry.kind() == ItemKind.UNKNOWN && old != null ? old.kind() : entry.kind();
  }

  private static String parent(CataloguedItem old, FeedEntry entry, ItemKind kind) {
    if (kind == ItemKind.ROOT) {
      return null;
    }
    if (entry.parent() != null) {
      return entry.parent();
    }
    return old == null || old.parent() == null ? "" : old.parent();
  }

  private static ContentFacts facts(CataloguedItem old, FeedEntry entry, ItemKind kind) {
    return old != null && old.kind() == kind
        ? old.facts().mergedWith(entry.facts())
        : entry.facts();
  }

  /**
   * The old item with the new facts: its content stays current, gets stale, or is current again.
   */
  private static CataloguedItem withFacts(CataloguedItem old, ContentFacts facts) {
    if (old == null || old.kind() != ItemKind.FILE) {
      return null;
    }
    StoredContent content = old.content();
    if (content == null) {
      boolean same = old.facts().sameContent(facts);
      return with(old, same ? old.facts().mergedWith(facts) : facts, null, false);
    }
    if (content.facts().sameContent(facts)) {
      // Listings of folders know the cTag, business feeds do not. Where a hash tells the content,
      // to
      // learn it now would only rewrite every node once more.
      ContentFacts known = content.facts();
      boolean enough = known.isHashed() && known.saysNoOtherThan(facts);
      ContentFacts merged = enough ? known : known.mergedWith(facts);
      return with(
          old,
          merged,
          new StoredContent(content.blobs(), content.length(), content.mark(), merged),
          false);
    }
    return with(old, facts, content, true);
  }

  private static CataloguedItem with(
      CataloguedItem old, ContentFacts facts, StoredContent content, boolean stale) {
    return new CataloguedItem(
        old.key(),
        old.id(),
        old.parent(),
        old.name(),
        old.givenName(),
        old.kind(),
        facts,
        old.created(),
        old.mimeType(),
        old.modifiedBy(),
        old.vault(),
        old.malware(),
        old.listed(),
        old.inParent(),
        old.differs(),
        content,
        stale);
  }

  private static CataloguedItem differing(CataloguedItem item) {
    return new CataloguedItem(
        item.key(),
        item.id(),
        item.parent(),
        item.name(),
        item.givenName(),
        item.kind(),
        item.facts(),
        item.created(),
        item.mimeType(),
        item.modifiedBy(),
        item.vault(),
        item.malware(),
        item.listed(),
        item.inParent(),
        true,
        item.content(),
        item.stale());
  }

  private static String given(CataloguedItem item) {
    if (item.givenName() == null) {
      return item.name();
    }
    return item.givenName().isEmpty() ? null : item.givenName();
  }
}
