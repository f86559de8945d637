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
    // What is not a file, or was none, has no content to compare with.
    boolean file = kind == ItemKind.FILE && old != null && old.kind() == ItemKind.FILE;
    Known known = file ? known(old, entry.facts()) : null;
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
            known == null ? facts(old, entry, kind) : known.facts(),
            entry.created() == null && old != null ? old.created() : entry.created(),
            entry.mimeType() == null && old != null ? old.mimeType() : entry.mimeType(),
            entry.modifiedBy() == null && old != null ? old.modifiedBy() : entry.modifiedBy(),
            // Only some listings name the vault; what was recognised once stays it.
            entry.vault() || old != null && old.vault(),
            entry.malware(),
            !folder || (old != null && old.isFolder() ? old.listed() : listed),
            old != null && old.inParent(),
            old != null && old.differs(),
            known == null ? null : known.content(),
            known != null && known.stale());
    return old == null || sameButDiffers(old, item) ? item : item.differing();
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

  /** What a file has of its content, by the facts that Graph gave last. */
  private record Known(ContentFacts facts, StoredContent content, boolean stale) {}

  /** By the new facts the old content stays current, gets stale, or is current again. */
  private static Known known(CataloguedItem old, ContentFacts facts) {
    StoredContent content = old.content();
    if (content == null) {
      boolean same = old.facts().sameContent(facts);
      return new Known(same ? old.facts().mergedWith(facts) : facts, null, false);
    }
    if (!content.facts().sameContent(facts)) {
      return new Known(facts, content, true);
    }
    // Listings of folders know the cTag, business feeds do not. Where a hash tells the content, to
    // learn it now would only rewrite every node once more.
    ContentFacts said = content.facts();
    boolean enough = said.isHashed() && said.saysNoOtherThan(facts);
    ContentFacts merged = enough ? said : said.mergedWith(facts);
    StoredContent same =
        new StoredContent(content.blobs(), content.length(), content.mark(), merged);
    return new Known(merged, same, false);
  }

  private static String given(CataloguedItem item) {
    if (item.givenName() == null) {
      return item.name();
    }
    return item.givenName().isEmpty() ? null : item.givenName();
  }
}
