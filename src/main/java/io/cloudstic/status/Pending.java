package io.cloudstic.status;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.catalogue.Lineage;
import java.util.HashMap;
import java.util.Map;

/**
 * What has changed in a drive since its newest snapshot, or why that is not known.
 *
 * @param files changed or new, in the whole drive
 * @param folders likewise; some drives name the parents of what changed as well
 * @param deleted items
 * @param more whether there are more than were counted
 * @param unknown why nothing could be counted; null when it could
 */
public record Pending(long files, long folders, long deleted, boolean more, String unknown) {
  /** Pages that are read: enough to tell some from many. */
  private static final int MOST_PAGES = 20;

  private static final int MOST_ITEMS = 50_000;

  private enum Sort {
    FILE,
    FOLDER,
    DELETED
  }

  /** Nothing could be counted, for this reason. */
  public static Pending unknown(String why) {
    return new Pending(0, 0, 0, false, why);
  }

  /** How many items in all. */
  public long items() {
    return files + folders + deleted;
  }

  /** Reads on from the link of this lineage, which stays as good as it was. */
  public static Pending peek(Graph graph, Lineage lineage) {
    if (lineage.deltaLink() == null) {
      return unknown("the next run lists the drive in full");
    }
    Map<String, Sort> last = new HashMap<>();
    String link = lineage.deltaLink();
    try {
      for (int page = 0; page < MOST_PAGES && link != null && last.size() < MOST_ITEMS; page++) {
        Page next = graph.follow(link);
        next.items().stream()
            .filter(item -> !item.id().equalsIgnoreCase(lineage.rootId()))
            .forEach(item -> last.put(item.id(), sort(item)));
        link = next.deltaLink() != null ? null : next.nextLink();
      }
    } catch (GraphException e) {
      return unknown(
          e.status() == 410
              ? "the change feed has ended; the next run lists the drive in full"
              : e.getMessage());
    } catch (CloudsticException e) {
      return unknown(e.getMessage());
    }
    return new Pending(
        count(last, Sort.FILE),
        count(last, Sort.FOLDER),
        count(last, Sort.DELETED),
        link != null,
        null);
  }

  private static Sort sort(DriveItem item) {
    if (item.deleted()) {
      return Sort.DELETED;
    }
    return item.kind() == ItemKind.FOLDER ? Sort.FOLDER : Sort.FILE;
  }

  private static long count(Map<String, Sort> items, Sort sort) {
    return items.values().stream().filter(one -> one == sort).count();
  }
}
