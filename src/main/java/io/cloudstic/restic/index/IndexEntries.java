package io.cloudstic.restic.index;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.Arrays;

/**
 * The entries of an index, numbered from 0, at 48 bytes each, in pages of primitive arrays so that
 * growing copies nothing.
 *
 * <p>One thread adds; others may read an entry once its number reached them through a release and
 * an acquire.
 */
final class IndexEntries {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final int WORDS = 4;
  private static final int FIELDS = 4;
  private static final int TREE_BIT = 1 << 31;

  /** The ids: four words an entry. */
  private long[][] ids = new long[16][];

  /** Four numbers an entry: pack number with the type in bit 31, offset, length, plain length. */
  private int[][] places = new int[16][];

  private Id[] packs = new Id[64];
  private int size;
  private int packCount;

  int size() {
    return size;
  }

  /** The pack's new number. */
  int addPack(Id pack) {
    if (packCount == packs.length) {
      packs = Arrays.copyOf(packs, packCount * 2);
    }
    packs[packCount] = pack;
    return packCount++;
  }

  Id pack(int number) {
    return packs[number];
  }

  /** The entry's new number. */
  int add(int pack, PackedBlob blob) {
    int page = size >>> PAGE_BITS;
    int at = size & PAGE_SIZE - 1;
    if (at == 0) {
      startPage(page);
    }
    long[] words = ids[page];
    for (int i = 0; i < WORDS; i++) {
      words[at * WORDS + i] = blob.id().word(i);
    }
    int[] place = places[page];
    place[at * FIELDS] = blob.type() == BlobType.TREE ? pack | TREE_BIT : pack;
    place[at * FIELDS + 1] = (int) blob.offset();
    place[at * FIELDS + 2] = (int) blob.length();
    place[at * FIELDS + 3] = (int) blob.uncompressedLength();
    return size++;
  }

  private void startPage(int page) {
    if (page == ids.length) {
      ids = Arrays.copyOf(ids, page * 2);
      places = Arrays.copyOf(places, page * 2);
    }
    ids[page] = new long[PAGE_SIZE * WORDS];
    places[page] = new int[PAGE_SIZE * FIELDS];
  }

  long firstWord(int entry) {
    return ids[entry >>> PAGE_BITS][(entry & PAGE_SIZE - 1) * WORDS];
  }

  boolean is(int entry, BlobType type, Id id) {
    long[] words = ids[entry >>> PAGE_BITS];
    int at = (entry & PAGE_SIZE - 1) * WORDS;
    return words[at] == id.word(0)
        && words[at + 1] == id.word(1)
        && words[at + 2] == id.word(2)
        && words[at + 3] == id.word(3)
        && type(entry) == type;
  }

  private BlobType type(int entry) {
    int pack = places[entry >>> PAGE_BITS][(entry & PAGE_SIZE - 1) * FIELDS];
    return (pack & TREE_BIT) != 0 ? BlobType.TREE : BlobType.DATA;
  }

  BlobLocation location(int entry) {
    long[] words = ids[entry >>> PAGE_BITS];
    int word = (entry & PAGE_SIZE - 1) * WORDS;
    int[] place = places[entry >>> PAGE_BITS];
    int at = (entry & PAGE_SIZE - 1) * FIELDS;
    Id id = Id.ofWords(words[word], words[word + 1], words[word + 2], words[word + 3]);
    return new BlobLocation(
        packs[place[at] & ~TREE_BIT],
        new PackedBlob(
            type(entry),
            id,
            Integer.toUnsignedLong(place[at + 1]),
            Integer.toUnsignedLong(place[at + 2]),
            Integer.toUnsignedLong(place[at + 3])));
  }
}
