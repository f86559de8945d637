package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The items of a listing or a feed, page by page as they are asked for, just as Graph sends them:
 * in no order, and an item may come more than once, when the last one counts. Not thread-safe.
 */
public final class PagedItems implements Iterator<DriveItem> {
  /** A listing of more pages than that has no end. */
  private static final int MOST_PAGES = 1_000_000;

  private final Graph graph;
  private final Set<String> links = new HashSet<>();
  private Iterator<DriveItem> page;
  private String nextLink;
  private String deltaLink;

  /** The items that begin with this page. */
  public PagedItems(Graph graph, Page first) {
    this.graph = graph;
    take(first);
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && nextLink != null) {
      take(graph.follow(nextLink));
    }
    return page.hasNext();
  }

  @Override
  public DriveItem next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more items");
    }
    return page.next();
  }

  /** Where the next feed begins, once there are no more items; null for a listing of children. */
  public String deltaLink() {
    return deltaLink;
  }

  private void take(Page next) {
    page = next.items().iterator();
    nextLink = next.nextLink();
    deltaLink = nextLink == null ? next.deltaLink() : null;
    if (nextLink != null && (!links.add(nextLink) || links.size() > MOST_PAGES)) {
      throw new GraphException(
          0,
          "circle",
          "could not read a listing to its end: Microsoft Graph's links lead in a circle",
          "try again later",
          null);
    }
  }
}
