package io.cloudstic.restic.snapshot;

import io.cloudstic.failure.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to happen to the tags of snapshots, with the meaning of {@code restic tag}. A snapshot is
 * never changed: one with other tags is stored beside it before the old one goes, and names the
 * first of its forms as {@code original}. All its other fields stay, those of other programs too.
 *
 * @param set all tags from now on, one empty text for none; null to keep what there is
 * @param add tags that are added where they are missing
 * @param remove tags that are taken away
 */
public record TagChange(List<String> set, List<String> add, List<String> remove) {
  /**
   * Checks that there is something to do.
   *
   * @throws UsageException when there is not, or when tags are set and changed at once
   */
  public TagChange {
    if (set == null && add.isEmpty() && remove.isEmpty()) {
      throw new UsageException(
          "there is nothing to do",
          "give -add TAG, -remove TAG, or -set TAG (-set '' for no tags)");
    }
    if (set != null && !(add.isEmpty() && remove.isEmpty())) {
      throw new UsageException("-set does not go with -add or -remove", "give one or the other");
    }
  }

  /** The tags that a snapshot with these gets; the order of those that stay is kept. */
  public List<String> applyTo(List<String> tags) {
    if (set != null) {
      return set.stream().filter(tag -> !tag.isEmpty()).distinct().toList();
    }
    List<String> changed = new ArrayList<>(tags);
    add.stream().filter(tag -> !tag.isEmpty() && !changed.contains(tag)).forEach(changed::add);
    changed.removeAll(remove);
    return changed;
  }

  /**
   * Gives a stored snapshot its new tags; wants an exclusive lock. Interrupted between its two
   * steps it leaves both forms, and nothing is lost.
   *
   * @return the new form, or the given one when its tags are right already
   */
  public Snapshot apply(Snapshots snapshots, Snapshot snapshot) {
    List<String> tags = applyTo(snapshot.tags());
    if (tags.equals(snapshot.tags())) {
      return snapshot;
    }
    Snapshot changed =
        snapshots.save(
            snapshot.toBuilder()
                .tags(tags)
                .original(snapshot.original().orElse(snapshot.id()))
                .build());
    snapshots.remove(snapshot.id());
    return changed;
  }
}
