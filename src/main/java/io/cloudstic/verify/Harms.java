package io.cloudstic.verify;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Errors that are held back until it is known who suffers from them, and the blobs that each of
 * them spoils. When there are too many they are told at once, without sufferers. Thread-safe.
 */
final class Harms {
  /** About 50 MB at most, for a repository that is hardly one any more. */
  private static final int HELD = 100_000;

  private final Consumer<Finding> sink;
  private final Set<Harm> held = new LinkedHashSet<>();
  private final Map<BlobType, Map<Id, List<Harm>>> spoilt = new EnumMap<>(BlobType.class);
  private int places;

  Harms(Consumer<Finding> sink) {
    this.sink = sink;
    for (BlobType type : BlobType.values()) {
      spoilt.put(type, new HashMap<>());
    }
  }

  /** An error that spoils no blob, as far as is known yet. */
  synchronized void add(Harm harm) {
    if (held.size() < HELD) {
      held.add(harm);
    } else {
      sink.accept(harm.finding());
    }
  }

  /** One place of a blob is spoilt by an error, which is added when it is new. */
  synchronized void spoils(Harm harm, BlobType type, Id blob) {
    if (!held.contains(harm)) {
      add(harm);
    }
    if (held.contains(harm) && places < HELD) {
      List<Harm> list = spoilt.get(type).computeIfAbsent(blob, id -> new ArrayList<>(1));
      if (!list.contains(harm)) {
        list.add(harm);
        places++;
      }
    }
  }

  /** What is wrong with a blob: one entry for each of its places that is spoilt. */
  synchronized List<Harm> of(BlobType type, Id blob) {
    return spoilt.get(type).getOrDefault(blob, List.of());
  }

  /** Tells all that was held back. */
  synchronized void tell() {
    held.forEach(harm -> sink.accept(harm.finding()));
    held.clear();
  }
}
