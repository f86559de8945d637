package io.cloudstic.restic.snapshot;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.ObjectNotFoundException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The snapshots of a repository. Thread-safe. */
public final class Snapshots {
  /** The name of the newest. */
  public static final String LATEST = "latest";

  /** In memory at once: a repository may have thousands. */
  private static final int AHEAD = 64;

  /** Loaded at once: a store may be far away. */
  private static final int WIDTH = 8;

  private static final int SHOWN_CANDIDATES = 10;

  /** Newest last; of equal times the greater id. */
  public static final Comparator<Snapshot> BY_TIME =
      Comparator.comparing(Snapshot::time, OffsetDateTime.timeLineOrder())
          .thenComparing(Snapshot::id);

  /** Is told of snapshots that cannot be read, so that the others can be worked with. */
  @FunctionalInterface
  public interface Unreadable {
    /**
     * A snapshot whose file is damaged.
     *
     * @throws RepositoryException when the others are of no use without it
     */
    void snapshot(Id id, RepositoryException why);
  }

  private static final Unreadable NONE_MAY_BE =
      (id, why) -> {
        throw why;
      };

  private final UnpackedFiles files;

  /** The snapshots among these files. */
  public Snapshots(UnpackedFiles files) {
    this.files = files;
  }

  /**
   * Loads a snapshot.
   *
   * @throws ObjectNotFoundException when there is none
   * @throws RepositoryException when it is damaged
   */
  public Snapshot load(Id id) {
    byte[] json = files.load(FileKind.SNAPSHOT, id);
    try {
      return SnapshotCodec.decode(json).withId(id);
    } catch (IOException e) {
      throw RepositoryException.damaged(FileKind.SNAPSHOT.key(id) + ": " + e.getMessage(), e);
    }
  }

  /** Stores a snapshot; durable when it is returned with its name. Packs and index come before. */
  public Snapshot save(Snapshot snapshot) {
    return snapshot.withId(files.save(FileKind.SNAPSHOT, SnapshotCodec.encode(snapshot)));
  }

  /** Removes a snapshot; nothing happens when there is none. */
  public void remove(Id id) {
    files.remove(FileKind.SNAPSHOT, id);
  }

  /** The JSON of a snapshot, as it would be stored. */
  public static byte[] json(Snapshot snapshot) {
    return SnapshotCodec.encode(snapshot);
  }

  /** The names of all snapshots, sorted. */
  public List<Id> ids() {
    List<Id> ids = new ArrayList<>();
    files.list(FileKind.SNAPSHOT, file -> ids.add(file.id()));
    ids.sort(null);
    return ids;
  }

  /**
   * Gives every snapshot that is meant to the sink, on this thread, in no particular order. One
   * that disappears meanwhile is left out.
   *
   * @throws RepositoryException when one is damaged
   */
  public void forEach(SnapshotFilter filter, Consumer<Snapshot> sink) {
    forEach(filter, sink, NONE_MAY_BE);
  }

  /**
   * Gives every snapshot that is meant to the sink, on this thread, in no particular order. One
   * that disappears meanwhile is left out. Whether a damaged one was meant cannot be told.
   *
   * @param unreadable is told of each that is damaged, on this thread
   */
  public void forEach(SnapshotFilter filter, Consumer<Snapshot> sink, Unreadable unreadable) {
    forEachOf(
        ids(),
        snapshot -> {
          if (filter.matches(snapshot)) {
            sink.accept(snapshot);
          }
        },
        unreadable);
  }

  /**
   * Gives the snapshots of these names to the sink, on this thread, in no particular order; those
   * that are not there are left out.
   *
   * @throws RepositoryException when one is damaged
   */
  public void forEachOf(List<Id> ids, Consumer<Snapshot> sink) {
    forEachOf(ids, sink, NONE_MAY_BE);
  }

  private void forEachOf(List<Id> ids, Consumer<Snapshot> sink, Unreadable unreadable) {
    Concurrently.inOrder(
        ids,
        WIDTH,
        AHEAD,
        this::read,
        read -> {
          if (read.damage() != null) {
            unreadable.snapshot(read.id(), read.damage());
          } else if (read.snapshot() != null) {
            sink.accept(read.snapshot());
          }
        });
  }

  /**
   * Gives the named snapshots to the sink, each once, in the order of their names; without names
   * every one that the filter lets through.
   *
   * @param names as {@link #find} takes them
   * @param unreadable is told of each that is damaged
   * @throws RepositoryException when a name fits none or several, or a damaged one may be {@code
   *     latest}
   */
  public void forEach(
      List<String> names, SnapshotFilter filter, Consumer<Snapshot> sink, Unreadable unreadable) {
    if (names.isEmpty()) {
      forEach(filter, sink, unreadable);
      return;
    }
    Map<Id, Snapshot> named = new LinkedHashMap<>();
    for (String name : names) {
      Id id = name.equals(LATEST) ? find(name, filter).id() : idOf(name);
      Optional<Snapshot> loaded;
      try {
        loaded = loadIfPresent(id);
      } catch (RepositoryException e) {
        unreadable.snapshot(id, e);
        continue;
      }
      named.put(id, loaded.orElseThrow(() -> unknown(name)));
    }
    named.values().forEach(sink);
  }

  /** A snapshot, or what is wrong with it; neither when it is not there. */
  private record Read(Id id, Snapshot snapshot, RepositoryException damage) {}

  private Read read(Id id) {
    try {
      return new Read(id, loadIfPresent(id).orElse(null), null);
    } catch (RepositoryException e) {
      return new Read(id, null, e);
    }
  }

  private Optional<Snapshot> loadIfPresent(Id id) {
    try {
      return Optional.of(load(id));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest snapshot that is meant.
   *
   * @throws RepositoryException when one is damaged, which may be the newest
   */
  public Optional<Snapshot> latest(SnapshotFilter filter) {
    Snapshot[] newest = new Snapshot[1];
    forEach(
        filter,
        snapshot -> {
          if (newest[0] == null || BY_TIME.compare(snapshot, newest[0]) > 0) {
            newest[0] = snapshot;
          }
        },
        (id, why) -> {
          throw maybeNewest(why);
        });
    return Optional.ofNullable(newest[0]);
  }

  /**
   * The snapshot that a person names.
   *
   * @param name {@code latest}, or the beginning of an id that no other snapshot has
   * @param filter which snapshots {@code latest} may be
   * @throws RepositoryException when there is none, or several begin like that
   */
  public Snapshot find(String name, SnapshotFilter filter) {
    if (name.equals(LATEST)) {
      return latest(filter).orElseThrow(() -> noneFor(filter));
    }
    return loadIfPresent(idOf(name)).orElseThrow(() -> unknown(name));
  }

  /**
   * What to say when a damaged snapshot may be the newest that is meant.
   *
   * @param why what {@link #load} says of it
   */
  public static RepositoryException maybeNewest(RepositoryException why) {
    return new RepositoryException(
        ExitCode.DAMAGED,
        why.getMessage() + "; whether it is the newest cannot be told",
        "name a snapshot by its id; to see what can be read: cloudstic list; to be rid of what"
            + " cannot: cloudstic repair snapshots -forget",
        why);
  }

  /** The snapshot whose name begins so; it may be damaged. */
  private Id idOf(String name) {
    String prefix = name.toLowerCase(Locale.ROOT);
    List<Id> fitting =
        prefix.isEmpty()
            ? List.of()
            : ids().stream().filter(id -> id.hex().startsWith(prefix)).toList();
    if (fitting.size() > 1) {
      throw ambiguous(name, fitting);
    }
    return fitting.stream().findFirst().orElseThrow(() -> unknown(name));
  }

  private static RepositoryException unknown(String name) {
    return failure("there is no snapshot '" + name + "'", "see them with: cloudstic list");
  }

  private static RepositoryException noneFor(SnapshotFilter filter) {
    return filter.equals(SnapshotFilter.ALL)
        ? failure("the repository has no snapshots", "make one with: cloudstic backup")
        : failure(
            "no snapshot has the given host, tags and paths", "see them with: cloudstic list");
  }

  private RepositoryException ambiguous(String name, List<Id> fitting) {
    StringBuilder candidates = new StringBuilder();
    fitting.stream()
        .limit(SHOWN_CANDIDATES)
        .forEach(
            id ->
                candidates
                    .append(candidates.isEmpty() ? "" : ", ")
                    .append(id.hex(), 0, Math.min(2 * Id.LENGTH, name.length() + 8))
                    .append(" (")
                    .append(timeOf(id))
                    .append(')'));
    if (fitting.size() > SHOWN_CANDIDATES) {
      candidates.append(", …");
    }
    return failure(
        fitting.size() + " snapshots begin with '" + name + "': " + candidates,
        "give more digits of the one you mean");
  }

  private String timeOf(Id id) {
    try {
      return loadIfPresent(id).map(snapshot -> snapshot.time().toString()).orElse("gone");
    } catch (RepositoryException e) {
      return "damaged";
    }
  }

  private static RepositoryException failure(String message, String advice) {
    return new RepositoryException(ExitCode.FAILED, message, advice, null);
  }
}
