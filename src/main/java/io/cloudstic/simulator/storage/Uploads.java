package io.cloudstic.simulator.storage;

import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.graph.Placement;
import io.cloudstic.simulator.graph.UploadUrls;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.RequestIds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Upload sessions: fragments in order, each a multiple of 320 KiB but the last, none above 60 MiB,
 * until all bytes are there (Graph documentation, "driveItem: createUploadSession"). Thread-safe.
 */
public final class Uploads implements UploadUrls {
  /** Where fragments are taken. */
  static final String PATH = "/personal/user_contoso_com/_api/v2.0/upload";

  private static final int STEP = 320 * 1024;
  private static final int LARGEST_FRAGMENT = 60 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final String origin;
  private final RequestIds ids;
  private final Clock clock;
  private final Duration life;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * Sessions at this origin.
   *
   * @param life after which one is forgotten
   */
  public Uploads(String origin, long seed, Clock clock, Duration life) {
    this.origin = origin;
    this.ids = new RequestIds(seed ^ 0x0b10adL);
    this.clock = clock;
    this.life = life;
  }

  /** All sessions opened so far answer 404 from now on. */
  public void expire() {
    sessions.clear();
  }

  /** Sessions that are neither finished nor deleted. */
  public int open() {
    return sessions.size();
  }

  @Override
  public Opened open(Placement placement) {
    String id = ids.next();
    Instant ends = clock.instant().plus(life);
    sessions.put(id, new Session(placement, ends));
    return new Opened(origin + PATH + "?guid=" + id + "&tempauth=" + id, ends);
  }

  Reply answer(Call call) {
    String id = call.query().getOrDefault("tempauth", "");
    Session session = sessions.get(id);
    if (session == null || session.ends.isBefore(clock.instant())) {
      sessions.remove(id);
      return Reply.json(
          404,
          "{\"error\":{\"code\":\"itemNotFound\",\"message\":\"The upload session was not found\"}}"
              .getBytes(StandardCharsets.UTF_8));
    }
    synchronized (session) {
      return switch (call.method()) {
        case "GET" -> session.status(200);
        case "DELETE" -> {
          sessions.remove(id);
          yield Reply.empty(204);
        }
        case "PUT" -> fragment(id, session, call);
        default -> session.placement.error(405, "invalidRequest", "No such method");
      };
    }
  }

  private Reply fragment(String id, Session session, Call call) {
    Matcher range = RANGE.matcher(Optional.ofNullable(call.header("content-range")).orElse(""));
    if (!range.matches()) {
      return session.placement.error(400, "invalidRequest", "The Content-Range is missing.");
    }
    long from = Long.parseLong(range.group(1));
    long to = Long.parseLong(range.group(2));
    long total = Long.parseLong(range.group(3));
    boolean last = to == total - 1;
    int length = call.body().length;
    boolean odd = !last && length % STEP != 0;
    if (length == 0 || to - from + 1 != length || to >= total || odd) {
      return session.placement.error(400, "invalidRequest", "The fragment's length is invalid.");
    }
    if (length > LARGEST_FRAGMENT) {
      return session.placement.error(413, "invalidRequest", "The fragment is too large.");
    }
    if (from != session.bytes.size() || session.total >= 0 && session.total != total) {
      return session.placement.error(
          416, "invalidRange", "Uploaded fragment overlaps with existing data.");
    }
    session.total = total;
    session.bytes.writeBytes(call.body());
    if (!last) {
      return session.status(202);
    }
    Reply finished = session.placement.finish(new BytesContent(session.bytes.toByteArray()));
    sessions.remove(id);
    return finished;
  }

  private static final class Session {
    final Placement placement;
    final Instant ends;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long total = -1;

    Session(Placement placement, Instant ends) {
      this.placement = placement;
      this.ends = ends;
    }

    /** The end of the expected range is told by some services, and not by others. */
    Reply status(int status) {
      boolean tellEnd = total > 0 && bytes.size() / STEP % 2 == 0;
      String range = bytes.size() + "-" + (tellEnd ? total - 1 : "");
      return Reply.json(
          status,
          "{\"expirationDateTime\":\"%s\",\"nextExpectedRanges\":[\"%s\"]}"
              .formatted(ends, range)
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}
