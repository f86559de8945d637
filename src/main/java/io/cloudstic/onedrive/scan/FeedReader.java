package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveQuery;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the pages of one feed until its delta link. Links that lead in a circle, and feeds without
 * an end (onedrive-api-docs#1424), are found out; a page without any link is asked for again.
 */
final class FeedReader {
  private final Graph graph;
  private final ScanEnvironment environment;
  private final long maxPages;
  private final Set<String> links = new HashSet<>();
  private Supplier<Page> current;
  private final boolean listing;
  private String deltaLink;
  private boolean ended;
  private long pages;
  private long telling;
  private long idle;

  /**
   * A feed.
   *
   * @param first gets its first page
   * @param link behind which that page is, or null when it is begun anew
   * @param known items known before; bounds how many pages there can be
   */
  FeedReader(ScanEnvironment environment, Supplier<Page> first, String link, long known) {
    this(environment, first, link, known, false);
  }

  private FeedReader(
      ScanEnvironment environment, Supplier<Page> first, String link, long known, boolean listing) {
    this.listing = listing;
    this.graph = environment.graph();
    this.environment = environment;
    this.current = first;
    this.maxPages = environment.limits().pagesPerPage() * (known / DriveQuery.DELTA_TOP + 1000);
    if (link != null) {
      links.add(digest(link));
    }
  }

  /** The feed that begins behind a delta link. */
  static FeedReader continued(ScanEnvironment environment, String link, long known) {
    return new FeedReader(environment, () -> environment.graph().follow(link), link, known);
  }

  /** The pages of a folder's children, which end without a link. */
  static FeedReader ofListing(ScanEnvironment environment, Supplier<Page> first) {
    return new FeedReader(environment, first, null, 0, true);
  }

  /** Whether the last page was read. */
  boolean atEnd() {
    return ended;
  }

  /** The next page; one more exists unless {@link #atEnd}. */
  Page next() {
    if (++pages > maxPages) {
      throw endless();
    }
    Page page = current.get();
    if (listing) {
      told(!page.items().isEmpty());
    }
    for (int retry = 0; !advance(page); retry++) {
      if (retry == environment.limits().retries()) {
        throw given(page);
      }
      environment.sleeper().sleep(environment.limits().pause());
      page = current.get();
    }
    return page;
  }

  /**
   * Tells whether the last page brought anything that this feed had not brought before. A feed that
   * brings nothing new for longer than it brought news leads in a circle, whatever its links look
   * like.
   */
  void told(boolean news) {
    if (news) {
      telling++;
      idle = 0;
    } else if (++idle > environment.limits().idlePages() + telling && !ended) {
      throw endless();
    }
  }

  private RuntimeException endless() {
    return listing
        ? circle("the pages of a folder's listing come to no end")
        : new FeedLostException("a change feed does not come to an end", true, null);
  }

  private static GraphException circle(String message) {
    return new GraphException(500, "", message, "try again later", null);
  }

  /** Where the next feed begins; null until the last page was read. */
  String deltaLink() {
    return deltaLink;
  }

  /** Whether this is the first page. */
  boolean atFirstPage() {
    return pages <= 1;
  }

  /** Whether the page leads on: to a page not yet seen, or to the end. */
  private boolean advance(Page page) {
    String next = page.nextLink();
    if (next != null) {
      if (!links.add(digest(next))) {
        return false;
      }
      current = () -> graph.follow(next);
      return true;
    }
    deltaLink = page.deltaLink();
    ended = listing || deltaLink != null;
    return ended;
  }

  private RuntimeException given(Page page) {
    if (listing) {
      return circle("the pages of a folder's listing lead in a circle");
    }
    String what =
        page.nextLink() != null
            ? "the pages of a change feed lead in a circle"
            : "Graph ended a change feed without saying where the next one begins";
    return new FeedLostException(what, true, null);
  }

  /** Links are long, and there can be thousands. */
  private static String digest(String link) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(link.getBytes(StandardCharsets.UTF_8));
      return new String(sha, 0, 16, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
