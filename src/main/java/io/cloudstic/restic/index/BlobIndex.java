package io.cloudstic.restic.index;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The index in memory: from (type, id) to the places of a blob, at 53 to 59 bytes a blob and about
 * 120 a pack. A blob may have several locations.
 *
 * <p>An open-addressing table of entry numbers with linear probing; entries are in {@link
 * IndexEntries}. Ids are hashes already, so their first bits choose the slot. Nothing is ever
 * removed.
 *
 * <p>Thread-safe: additions exclude one another, look-ups go on meanwhile without a lock and see
 * every pack whose addition had returned before.
 */
public final class BlobIndex {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int SMALLEST_TABLE = 1024;

  private final IndexEntries entries = new IndexEntries();
  private final Map<Id, PackEntries> packs = new HashMap<>();
  private final List<PackEntries> packOrder = new ArrayList<>();

  /** Entry number + 1, or 0 for a free slot. Replaced by one of twice the size when 3/4 full. */
  private volatile int[] table = new int[SMALLEST_TABLE];

  /**
   * Adds a pack with its blobs. A pack that is there already only gets blobs that are new: index
   * files may overlap.
   */
  public synchronized void add(Id pack, List<PackedBlob> blobs) {
    PackEntries known = packs.get(pack);
    int packNumber = known != null ? known.number : entries.addPack(pack);
    int first = entries.size();
    for (PackedBlob blob : blobs) {
      if (known == null || !isListed(packNumber, blob)) {
        insert(entries.add(packNumber, blob));
      }
    }
    int count = entries.size() - first;
    if (known == null) {
      PackEntries added = new PackEntries(packNumber, first, count);
      packs.put(pack, added);
      packOrder.add(added);
    } else if (count > 0) {
      known.append(first, count);
    }
  }

  /** Adds a pack with its blobs, as the other form does. */
  public void add(IndexedPack pack) {
    add(pack.id(), pack.blobs());
  }

  private boolean isListed(int packNumber, PackedBlob blob) {
    for (BlobLocation location : lookup(blob.type(), blob.id())) {
      if (location.blob().equals(blob) && entries.pack(packNumber).equals(location.pack())) {
        return true;
      }
    }
    return false;
  }

  private void insert(int entry) {
    int[] current = table;
    if (entry >= current.length / 4 * 3) {
      int[] larger = new int[Math.multiplyExact(current.length, 2)];
      for (int e = 0; e < entry; e++) {
        place(larger, e);
      }
      table = larger;
      current = larger;
    }
    place(current, entry);
  }

  private void place(int[] slots, int entry) {
    int mask = slots.length - 1;
    int at = slot(entries.firstWord(entry), mask);
    while (slots[at] != 0) {
      at = at + 1 & mask;
    }
    // Released: whoever sees the number sees the entry.
    SLOT.setRelease(slots, at, entry + 1);
  }

  private static int slot(long firstWord, int mask) {
    return (int) (firstWord >>> 32) & mask;
  }

  /** Whether a pack that holds the blob is known. */
  public boolean contains(BlobType type, Id id) {
    return find(type, id, 0) >= 0;
  }

  /** Every known place of a blob; empty when there is none. */
  public List<BlobLocation> lookup(BlobType type, Id id) {
    List<BlobLocation> found = List.of();
    for (int skip = 0, entry; (entry = find(type, id, skip)) >= 0; skip++) {
      BlobLocation location = entries.location(entry);
      if (skip == 0) {
        found = List.of(location);
      } else {
        found = new ArrayList<>(found);
        found.add(location);
      }
    }
    return found;
  }

  /**
   * A number that stands for the blob as long as this index lives, so that sets of blobs can be bit
   * sets; -1 when no pack that holds it is known.
   */
  public int number(BlobType type, Id id) {
    return find(type, id, 0);
  }

  /** The blob that the number stands for, at the first of its places. */
  public PackedBlob blob(int number) {
    return entries.location(number).blob();
  }

  /** The entry of the blob after {@code skip} others of the same, or -1. */
  private int find(BlobType type, Id id, int skip) {
    int[] slots = table;
    int mask = slots.length - 1;
    int left = skip;
    int at = slot(id.word(0), mask);
    for (int number; (number = (int) SLOT.getAcquire(slots, at)) != 0; at = at + 1 & mask) {
      if (entries.is(number - 1, type, id) && left-- == 0) {
        return number - 1;
      }
    }
    return -1;
  }

  /** Whether the pack is known. */
  public synchronized boolean containsPack(Id pack) {
    return packs.containsKey(pack);
  }

  /** The number of locations, duplicates counted. */
  public synchronized int size() {
    return entries.size();
  }

  /** The number of packs. */
  public synchronized int packCount() {
    return packOrder.size();
  }

  /**
   * Gives every pack with its blobs to the sink, one by one, in the order in which they came. Packs
   * added meanwhile may be left out.
   */
  public void forEachPack(Consumer<IndexedPack> sink) {
    int count = packCount();
    for (int i = 0; i < count; i++) {
      sink.accept(pack(i));
    }
  }

  /** The blobs of a pack; empty when it is not known. */
  public synchronized List<PackedBlob> blobsOf(Id pack) {
    PackEntries known = packs.get(pack);
    return known == null ? List.of() : blobs(known);
  }

  private synchronized IndexedPack pack(int order) {
    PackEntries pack = packOrder.get(order);
    return new IndexedPack(entries.pack(pack.number), blobs(pack));
  }

  private List<PackedBlob> blobs(PackEntries pack) {
    List<PackedBlob> blobs = new ArrayList<>();
    for (int[] range : pack.ranges) {
      for (int entry = range[0]; entry < range[0] + range[1]; entry++) {
        blobs.add(entries.location(entry).blob());
      }
    }
    return blobs;
  }

  /** Which entries belong to a pack: one run of them, rarely more. */
  private static final class PackEntries {
    final int number;
    int[][] ranges;

    PackEntries(int number, int first, int count) {
      this.number = number;
      this.ranges = new int[][] {{first, count}};
    }

    void append(int first, int count) {
      ranges = Arrays.copyOf(ranges, ranges.length + 1);
      ranges[ranges.length - 1] = new int[] {first, count};
    }
  }
}
