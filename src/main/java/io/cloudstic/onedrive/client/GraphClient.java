package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.DriveQuery;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.auth.TrustedHosts;
import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Graph over HTTP. The {@link Http} it is given adds the bearer token, passes the gate and repeats
 * attempts that were refused in passing; answers that turn out to be broken while they are read are
 * asked for again here. Thread-safe.
 */
public final class GraphClient implements Graph, ContentSource {
  /** A page of a few thousand items is some megabytes; Graph's are never near this. */
  private static final long MOST_BYTES = 128L << 20;

  private static final int MOST_REDIRECTS = 3;

  private final GraphSettings settings;
  private final TrustedHosts trusted;
  private final Http http;
  private final RetryRule rule;
  private final Sleeper sleeper;
  private final Map<String, String> headers;

  /** Graph as set, through {@code http}. */
  public GraphClient(GraphSettings settings, Http http, RetryRule rule, Sleeper sleeper) {
    this.settings = settings;
    this.trusted = settings.trustedHosts();
    this.http = http;
    this.rule = rule;
    this.sleeper = sleeper;
    this.headers =
        Map.of(
            "Accept", "application/json",
            "Accept-Encoding", "gzip",
            "User-Agent", settings.userAgent(),
            // Without it, migrated personal accounts hide shortcuts (onedrive-api-docs#1891).
            "Prefer", "Include-Feature=AddToOneDrive");
  }

  @Override
  public Account account() {
    return get("read who is signed in", url("/me"), AccountParser::account);
  }

  @Override
  public Account user(String user) {
    return get("read the user " + user, url(userUrl(user)), AccountParser::account);
  }

  @Override
  public Drive drive() {
    return get("read the drive", url("/me/drive"), AccountParser::drive);
  }

  @Override
  public Drive driveOf(String user) {
    return get("read the drive of " + user, url(userUrl(user), "/drive"), AccountParser::drive);
  }

  @Override
  public Drive drive(String driveId) {
    return get("read the drive", url(driveUrl(driveId)), AccountParser::drive);
  }

  @Override
  public List<Drive> drives() {
    return get("list the drives", url("/me/drives"), AccountParser::drives);
  }

  @Override
  public List<Drive> drivesOf(String user) {
    return get("list the drives of " + user, url(userUrl(user), "/drives"), AccountParser::drives);
  }

  @Override
  public DriveItem root(String driveId) {
    return get("read the drive's root", url(driveUrl(driveId), "/root", select()), this::item);
  }

  @Override
  public DriveItem item(String driveId, String itemId) {
    return get("read an item", url(itemUrl(driveId, itemId), select()), this::item);
  }

  @Override
  public DriveItem itemAt(String driveId, String path) {
    String segments =
        Arrays.stream(path.split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(WireUrl::segment)
            .collect(Collectors.joining("/"));
    return segments.isEmpty()
        ? root(driveId)
        : get("find " + path, url(driveUrl(driveId), "/root:/", segments, select()), this::item);
  }

  @Override
  public Page deltaFromStart(String driveId) {
    return page("list the drive", deltaUrl(driveId));
  }

  @Override
  public Page deltaFromNow(String driveId) {
    return page("ask for the drive's present state", deltaUrl(driveId) + "&token=latest");
  }

  @Override
  public Page children(String driveId, String folderId) {
    String query = "/children?$top=" + DriveQuery.CHILDREN_TOP + "&$select=" + DriveQuery.SELECT;
    return page("list a folder", url(itemUrl(driveId, folderId), query));
  }

  @Override
  public Page follow(String link) {
    String url = WireUrl.of(link);
    if (!trusted.mayCarryToken(url)) {
      throw new GraphException(
          0,
          GraphException.FOREIGN_LINK,
          "Microsoft Graph gave a link that leads elsewhere: " + TrustedHosts.describe(url),
          "nothing was sent there; if Graph is behind a proxy, set CLOUDSTIC_GRAPH_URL",
          null);
    }
    return page("read on in a listing", url);
  }

  @Override
  public Optional<String> contentUrl(String driveId, String itemId) {
    String what = "ask for a file's content";
    String url = url(itemUrl(driveId, itemId), "/content");
    try (Reply reply = send(what, url)) {
      if (reply.status() == 200 || reply.status() == 204) {
        return Optional.empty();
      }
      if (!reply.isRedirect()) {
        throw failure(what, reply);
      }
      return Optional.of(reply.header("Location").map(WireUrl::of).orElse(""));
    } catch (IOException e) {
      throw noAnswer(what, e);
    }
  }

  private String deltaUrl(String driveId) {
    String query = "/root/delta?$top=" + DriveQuery.DELTA_TOP + "&$select=" + DriveQuery.SELECT;
    return url(driveUrl(driveId), query);
  }

  private String url(String... parts) {
    return settings.baseUrl() + String.join("", parts);
  }

  private static String userUrl(String user) {
    return "/users/" + WireUrl.segment(user);
  }

  private static String driveUrl(String driveId) {
    return "/drives/" + WireUrl.segment(driveId);
  }

  private static String itemUrl(String driveId, String itemId) {
    return driveUrl(driveId) + "/items/" + WireUrl.segment(itemId);
  }

  private static String select() {
    return "?$select=" + DriveQuery.SELECT;
  }

  private Page page(String what, String url) {
    return get(what, url, PageParser::read);
  }

  private DriveItem item(InputStream body) throws IOException {
    return PageParser.readItem(body);
  }

  /** Reads the body of an answer, to its end. */
  private interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }

  private <T> T get(String what, String url, BodyReader<T> reader) {
    RetryRule.Attempts attempts = new RetryRule.Attempts();
    while (true) {
      try (Reply reply = sendFollowing(what, url)) {
        return reader.read(new LimitedInputStream(reply.decoded(), MOST_BYTES));
      } catch (IOException brokenBody) {
        Duration pause = rule.next(attempts).orElseThrow(() -> noAnswer(what, brokenBody));
        sleeper.sleep(pause);
      }
    }
  }

  /** A good answer; redirects are followed while they stay on Graph's host. */
  private Reply sendFollowing(String what, String first) throws IOException {
    String url = first;
    for (int redirects = 0; ; redirects++) {
      Reply reply = send(what, url);
      if (reply.status() / 100 == 2) {
        return reply;
      }
      try (reply) {
        if (!reply.isRedirect() || redirects == MOST_REDIRECTS) {
          throw failure(what, reply);
        }
        url = redirect(what, url, reply);
      }
    }
  }

  private String redirect(String what, String from, Reply reply) {
    String location = WireUrl.of(reply.header("Location").orElse(""));
    String to = location.startsWith("/") ? WireUrl.origin(from) + location : location;
    if (!trusted.mayCarryToken(to)) {
      throw new GraphException(
          reply.status(),
          GraphException.FOREIGN_LINK,
          "could not " + what + ": Microsoft Graph redirects to " + TrustedHosts.describe(to),
          "nothing was sent there; check CLOUDSTIC_GRAPH_URL and CLOUDSTIC_CLOUD",
          null);
    }
    return to;
  }

  private Reply send(String what, String url) {
    try {
      return http.send(Request.get(url, headers, ResourceUnits.of(url)));
    } catch (IOException e) {
      throw noAnswer(what, e);
    }
  }

  static GraphException failure(String what, Reply reply) {
    GraphError error = GraphError.of(reply);
    String requestId =
        reply.header("request-id").orElse(error.requestId() == null ? "-" : error.requestId());
    String message =
        "could not %s: Microsoft Graph answers %d %s (request-id %s)"
            .formatted(what, reply.status(), error.code(), requestId)
            .replace("  ", " ");
    return new GraphException(
        reply.status(), error.code(), message, GraphAdvice.of(reply.status()), null);
  }

  static GraphException noAnswer(String what, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new GraphException(
        0,
        "",
        "could not " + what + ": no good answer from Microsoft Graph: " + reason,
        "check the network connection, then run the same command again: it continues from here",
        cause);
  }
}
