package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Items.Link;
import io.cloudstic.onedrive.rules.Rules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells by the chain of parents where items are. Paths are worked out each time they are needed and
 * only remembered for folders met lately, never stored. Not thread-safe.
 */
final class Places {
  private static final int REMEMBERED = 20_000;

  private final Rules rules;
  private final Function<String, Link> links;
  private final Map<String, Place> folders =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > REMEMBERED;
        }
      };
  private String scopeKey;

  /**
   * Places by these links.
   *
   * @param links where an item hangs, or null when it is not known
   */
  Places(Rules rules, Function<String, Link> links) {
    this.rules = rules;
    this.links = links;
  }

  /** The folder that is backed up. */
  void setScope(String key) {
    if (key != null && !key.equals(scopeKey)) {
      scopeKey = key;
      folders.clear();
    }
  }

  /** Makes the next answers take this folder's new place into account. */
  void changed(String folderKey) {
    if (folders.containsKey(folderKey)) {
      folders.clear();
    }
  }

  /** Forgets what was remembered. */
  void clear() {
    folders.clear();
  }

  /** Where an item is that hangs in this folder under this name. */
  Place of(String parentKey, String name, boolean folder) {
    return within(ofFolder(parentKey), name, folder);
  }

  /** Where a folder is. */
  Place ofFolder(String key) {
    Deque<Step> steps = new ArrayDeque<>();
    Set<String> climbed = new HashSet<>();
    String at = key;
    Place place = null;
    while (place == null) {
      Place remembered = folders.get(at);
      if (remembered != null) {
        place = remembered;
      } else if (at == null || at.isEmpty()) {
        place = Place.unknown(at);
      } else if (at.equals(scopeKey)) {
        place = Place.in("");
      } else if (!climbed.add(at)) {
        return Place.unknown(null);
      } else {
        Link link = links.apply(at);
        if (link == null) {
          place = Place.unknown(at);
        } else if (link.kind() == ItemKind.ROOT) {
          place = Place.OUTSIDE;
        } else {
          steps.push(new Step(at, link));
          at = link.parent();
        }
      }
    }
    for (Step step : steps) {
      boolean open = step.link.kind() == ItemKind.FOLDER && !step.link.vault();
      place = within(place, step.link.name(), true);
      if (place.isIn() && !open) {
        place = Place.EXCLUDED;
      }
      if (place.status() != Place.Status.UNKNOWN) {
        folders.put(step.key, place);
      }
    }
    return place;
  }

  private Place within(Place folder, String name, boolean isFolder) {
    if (!folder.isIn()) {
      return folder;
    }
    String path = folder.path().isEmpty() ? name : folder.path() + "/" + name;
    return rules.excludes(path, isFolder) ? Place.EXCLUDED : Place.in(path);
  }

  private record Step(String key, Link link) {}
}
