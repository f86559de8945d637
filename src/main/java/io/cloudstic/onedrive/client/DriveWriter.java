package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.DriveQuery;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.auth.TrustedHosts;
import io.cloudstic.run.Sleeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calls to Microsoft Graph that change a drive. They need the permission {@code
 * Files.ReadWrite}; without it Graph answers 403. Every call passes the gate; thread-safe. Names
 * that are taken are an error on the wire, always, so that a call whose answer was lost can be
 * repeated without leaving a second copy.
 */
public final class DriveWriter {
  /**
   * What is sent in one request. Graph takes 250 MB by now, but personal accounts took 4 MB for
   * long, and what is longer is worth resuming ("driveItem: put content" and its history).
   */
  static final int LARGEST_PUT = 4 << 20;

  /** Graph keeps times in steps of 100 ns. */
  private static final int TICK = 100;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String CONFLICT = "@microsoft.graph.conflictBehavior";

  private final GraphSettings settings;
  private final TrustedHosts trusted;
  private final Http graph;
  private final Http upload;
  private final RetryRule rule;
  private final Sleeper sleeper;
  private final UploadSessions sessions;

  /**
   * A writer that takes back what is interrupted.
   *
   * @param graph adds the bearer token, and repeats what failed in passing
   * @param upload sends to upload URLs, without any token; passes the same gate
   */
  public DriveWriter(
      GraphSettings settings, Http graph, Http upload, RetryRule rule, Sleeper sleeper) {
    this(settings, graph, upload, rule, sleeper, UploadSessions.NONE);
  }

  private DriveWriter(
      GraphSettings settings,
      Http graph,
      Http upload,
      RetryRule rule,
      Sleeper sleeper,
      UploadSessions sessions) {
    this.settings = settings;
    this.trusted = settings.trustedHosts();
    this.graph = graph;
    this.upload = upload;
    this.rule = rule;
    this.sleeper = sleeper;
    this.sessions = sessions;
  }

  /** The same writer, which goes on with sessions that earlier runs have begun. */
  public DriveWriter with(UploadSessions kept) {
    return new DriveWriter(settings, graph, upload, rule, sleeper, kept);
  }

  /**
   * Makes a folder.
   *
   * @throws GraphException with status 409 when the name is taken
   */
  public DriveItem createFolder(String driveId, String parentId, String name) {
    byte[] body =
        json(
            out -> {
              out.writeStringField("name", name);
              out.writeObjectFieldStart("folder");
              out.writeEndObject();
              out.writeStringField(CONFLICT, "fail");
            });
    return item("make a folder", "POST", itemUrl(driveId, parentId) + "/children", body);
  }

  /** Gives an item times. */
  public DriveItem setTimes(String driveId, String itemId, Instant created, Instant modified) {
    byte[] body = json(out -> writeTimes(out, created, modified));
    return item("set an item's times", "PATCH", itemUrl(driveId, itemId), body);
  }

  /** The item of that name in a folder, if there is one. */
  public Optional<DriveItem> child(String driveId, String parentId, String name) {
    String url = childUrl(driveId, parentId, name) + "?$select=" + DriveQuery.SELECT;
    return call(
        "look for an item",
        Request.get(url, headers()),
        reply -> reply.status() == 404 ? Optional.empty() : Optional.of(readItem(reply)));
  }

  /**
   * Sends a file: a short one in one request, a long one in fragments that are resumed where the
   * service says that it has got to.
   *
   * @throws GraphException with status 409 when the name is taken, with 507 when the drive is full
   * @throws IOException when the content cannot be read
   */
  public DriveItem put(Destination to, UploadContent content) throws IOException {
    if (content.size() > LARGEST_PUT) {
      return new FragmentedUpload(this, to, content).run();
    }
    int size = (int) content.size();
    byte[] bytes = size == 0 ? new byte[0] : content.read(0, size);
    String url =
        childUrl(to.driveId(), to.parentId(), to.name())
            + ":/content?"
            + CONFLICT
            + "="
            + (to.replace() ? "replace" : "fail");
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/octet-stream");
    DriveItem made = item("upload a file", Request.write("PUT", url, headers, bytes));
    return to.created() == null && to.modified() == null
        ? made
        : setTimes(to.driveId(), made.id(), to.created(), to.modified());
  }

  /** Opens an upload session; its URL is a secret. */
  String begin(Destination to, long size) {
    byte[] body =
        json(
            out -> {
              out.writeObjectFieldStart("item");
              out.writeStringField(CONFLICT, to.replace() ? "replace" : "fail");
              out.writeStringField("name", to.name());
              out.writeNumberField("fileSize", size);
              writeTimes(out, to.created(), to.modified());
              out.writeEndObject();
            });
    String what = "begin an upload";
    String url = childUrl(to.driveId(), to.parentId(), to.name()) + ":/createUploadSession";
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/json");
    String found = call(what, Request.write("POST", url, headers, body), DriveWriter::uploadUrl);
    String secret = found == null ? "" : WireUrl.of(found);
    if (!trusted.mayDownload(secret)) {
      throw new GraphException(
          0,
          GraphException.FOREIGN_LINK,
          "Microsoft Graph gave an upload link that leads to " + TrustedHosts.describe(secret),
          "nothing was sent there; if Graph is behind a proxy, set CLOUDSTIC_GRAPH_URL",
          null);
    }
    return secret;
  }

  /** Sessions that were begun and not finished. */
  UploadSessions sessions() {
    return sessions;
  }

  /** Whether something may be sent to this URL. */
  boolean isTrusted(String url) {
    return trusted.mayDownload(url);
  }

  /** Sends to an upload URL; no token goes there. */
  Reply sendUpload(Request request) throws IOException {
    return upload.send(request);
  }

  RetryRule rule() {
    return rule;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  private static String uploadUrl(Reply reply) throws IOException {
    requireGood("begin an upload", reply);
    String[] found = new String[1];
    Json.document(
        new LimitedInputStream(reply.decoded(), 1 << 16),
        (json, name) -> {
          if (name.equals("uploadUrl")) {
            found[0] = Json.text(json);
          } else {
            json.skipChildren();
          }
        });
    return found[0];
  }

  /** The item of a good answer. */
  static DriveItem readItem(Reply reply) throws IOException {
    requireGood("change an item", reply);
    return PageParser.readItem(new LimitedInputStream(reply.decoded(), 1 << 20));
  }

  private static void requireGood(String what, Reply reply) {
    if (reply.status() / 100 != 2) {
      throw GraphClient.failure(what, reply);
    }
  }

  private DriveItem item(String what, String method, String url, byte[] body) {
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/json");
    return item(what, Request.write(method, url, headers, body));
  }

  private DriveItem item(String what, Request request) {
    return call(
        what,
        request,
        reply -> {
          requireGood(what, reply);
          return readItem(reply);
        });
  }

  /** Reads an answer, to its end. */
  private interface Reader<T> {
    T read(Reply reply) throws IOException;
  }

  /** Repeats a call whose answer breaks while it is read: what it did, it cannot do twice. */
  private <T> T call(String what, Request request, Reader<T> reader) {
    RetryRule.Attempts attempts = new RetryRule.Attempts();
    while (true) {
      Reply reply;
      try {
        reply = graph.send(request);
      } catch (IOException e) {
        throw GraphClient.noAnswer(what, e);
      }
      try (reply) {
        return reader.read(reply);
      } catch (IOException broken) {
        sleeper.sleep(rule.next(attempts).orElseThrow(() -> GraphClient.noAnswer(what, broken)));
      }
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    headers.put("User-Agent", settings.userAgent());
    return headers;
  }

  private String itemUrl(String driveId, String itemId) {
    return settings.baseUrl()
        + "/drives/"
        + WireUrl.segment(driveId)
        + "/items/"
        + WireUrl.segment(itemId);
  }

  private String childUrl(String driveId, String parentId, String name) {
    return itemUrl(driveId, parentId) + ":/" + WireUrl.segment(name);
  }

  /** Writes the fields of an object. */
  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeTimes(JsonGenerator out, Instant created, Instant modified)
      throws IOException {
    out.writeObjectFieldStart("fileSystemInfo");
    if (created != null) {
      out.writeStringField("createdDateTime", ticks(created).toString());
    }
    if (modified != null) {
      out.writeStringField("lastModifiedDateTime", ticks(modified).toString());
    }
    out.writeEndObject();
  }

  /** The time as a drive can hold it. */
  public static Instant ticks(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).plusNanos(time.getNano() / TICK * TICK);
  }
}
