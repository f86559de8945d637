package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends one file through upload sessions ("driveItem: createUploadSession" of the Graph
 * documentation): fragments in order, each a multiple of 320 KiB. After a fault the service is
 * asked how far it has got. A session that is gone is either finished, which the drive knows, or
 * begun anew. One that is interrupted is kept where {@link UploadSessions} keeps it, and another
 * run goes on where the service says; else it is taken back. Its URL is a secret, never shown. Not
 * thread-safe.
 */
final class FragmentedUpload {
  private static final int STEP = 320 * 1024;

  /** 10 MiB: what Graph's documentation recommends for good lines. */
  private static final int FRAGMENT = 32 * STEP;

  private static final int MOST_SESSIONS = 3;
  private static final int THROTTLED = 429;
  private static final int DRIVE_IS_FULL = 507;
  private static final String WHAT = "upload a file";

  private final DriveWriter writer;
  private final Destination to;
  private final UploadContent content;
  private final QuickXorHash hash = new QuickXorHash();
  private final String name;
  private long hashed;
  private boolean sentAll;

  /** Whether another run will find the session. */
  private boolean kept;

  FragmentedUpload(DriveWriter writer, Destination to, UploadContent content) {
    this.writer = writer;
    this.to = to;
    this.content = content;
    this.name = content.identity().isEmpty() ? null : name(to, content);
  }

  /** Which content goes where: all that a session is begun with, so that no other takes it up. */
  private static String name(Destination to, UploadContent content) {
    String all =
        Stream.of(
                to.driveId(),
                to.parentId(),
                to.name(),
                to.replace(),
                to.created(),
                to.modified(),
                content.size(),
                content.identity())
            .map(String::valueOf)
            .collect(Collectors.joining("\n"));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The session has ended: it is unknown, expired, or finished. */
  private static final class SessionGone extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient GraphException failure;

    SessionGone(GraphException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  DriveItem run() throws IOException {
    Optional<String> earlier = earlier();
    for (int session = 1; ; session++) {
      boolean again = session == 1 && earlier.isPresent();
      String url = again ? earlier.get() : begin();
      try {
        DriveItem made = send(url, again);
        forget();
        return made;
      } catch (SessionGone gone) {
        forget();
        Optional<DriveItem> finished = finished();
        if (finished.isPresent()) {
          return finished.get();
        }
        if (session == MOST_SESSIONS) {
          throw gone.failure;
        }
      } catch (IOException | RuntimeException e) {
        if (!(kept && mayGoOn(e))) {
          forget();
          abandon(url);
        }
        throw e;
      }
    }
  }

  private Optional<String> earlier() {
    Optional<String> url = name == null ? Optional.empty() : writer.sessions().find(name);
    kept = url.isPresent();
    return url.filter(writer::isTrusted);
  }

  private String begin() {
    String url = writer.begin(to, content.size());
    kept = name != null && writer.sessions().keep(name, url);
    return url;
  }

  private void forget() {
    if (name != null) {
      writer.sessions().forget(name);
    }
  }

  /** Whether another run may have more luck with the same session. */
  private static boolean mayGoOn(Exception e) {
    if (e instanceof GraphException answer) {
      int status = answer.status();
      return status == 0 || status == THROTTLED || status >= 500 && status != DRIVE_IS_FULL;
    }
    return e instanceof CloudsticException failure && failure.exitCode() != ExitCode.DAMAGED;
  }

  /** What stands there now, if it is all that was to be sent. */
  private Optional<DriveItem> finished() throws IOException {
    Optional<DriveItem> there =
        writer
            .child(to.driveId(), to.parentId(), to.name())
            .filter(item -> sentAll && item.size() == content.size());
    return there.isPresent() && hash().equals(there.get().hashes().quickXor())
        ? there
        : Optional.empty();
  }

  /** Of all of the content; what an earlier run has sent was not read by this one yet. */
  private String hash() throws IOException {
    while (hashed < content.size()) {
      note(hashed, content.read(hashed, (int) Math.min(FRAGMENT, content.size() - hashed)));
    }
    return Base64.getEncoder().encodeToString(hash.digest());
  }

  private DriveItem send(String url, boolean again) throws IOException, SessionGone {
    RetryRule.Attempts attempts = new RetryRule.Attempts();
    for (long at = again ? ask(url, attempts) : 0; ; ) {
      int length = (int) Math.min(FRAGMENT, content.size() - at);
      byte[] fragment = content.read(at, length);
      note(at, fragment);
      sentAll |= at + length == content.size();
      Fault fault;
      try (Reply reply = writer.sendUpload(request(url, at, fragment))) {
        int status = reply.status();
        if (status == 200 || status == 201) {
          return DriveWriter.readItem(reply);
        }
        if (status == 202) {
          long next = next(reply, at + length);
          attempts = next > at ? new RetryRule.Attempts() : attempts;
          at = next;
          continue;
        }
        fault = fault(WHAT, reply, attempts);
      } catch (IOException e) {
        fault = fault(WHAT, e, attempts);
      }
      await(fault);
      at = ask(url, attempts);
    }
  }

  /**
   * What went wrong.
   *
   * @param status of the answer, or 0
   * @param pause before the next attempt, or empty when there is none
   */
  private record Fault(int status, GraphException failure, Optional<Duration> pause) {}

  private Fault fault(String what, Reply reply, RetryRule.Attempts attempts) {
    int status = reply.status();
    GraphException failure = GraphClient.failure(what, reply);
    Optional<Duration> pause;
    if (Gate.isThrottle(status, reply.headers())) {
      pause = writer.rule().next(attempts, reply, GraphError.NONE);
    } else {
      // After 416 the service says what it expects instead.
      pause = writer.rule().next(attempts, status == 416 ? 503 : status, failure.code());
    }
    return new Fault(status, failure, pause);
  }

  private Fault fault(String what, IOException e, RetryRule.Attempts attempts) {
    return new Fault(0, GraphClient.noAnswer(what, e), writer.rule().next(attempts));
  }

  private void await(Fault fault) throws SessionGone {
    if (isGone(fault.status)) {
      throw new SessionGone(fault.failure);
    }
    writer.sleeper().sleep(fault.pause.orElseThrow(() -> fault.failure));
  }

  /** Storage hosts answer 401 to a URL whose time is over. */
  private static boolean isGone(int status) {
    return status == 404 || status == 410 || status == 401;
  }

  private Request request(String url, long at, byte[] fragment) {
    String range = "bytes " + at + "-" + (at + fragment.length - 1) + "/" + content.size();
    return Request.write(
        "PUT",
        url,
        Map.of("Content-Range", range, "Content-Type", "application/octet-stream"),
        fragment);
  }

  /** Where the service wants us to go on. */
  private long ask(String url, RetryRule.Attempts attempts) throws SessionGone {
    String what = "ask how far an upload has got";
    while (true) {
      Fault fault;
      try (Reply reply =
          writer.sendUpload(Request.get(url, Map.of("Accept", "application/json")))) {
        if (reply.status() == 200) {
          return next(reply, 0);
        }
        fault = fault(what, reply, attempts);
      } catch (IOException e) {
        fault = fault(what, e, attempts);
      }
      await(fault);
    }
  }

  /** The beginning of the first expected range, in the forms {@code 26-} and {@code 26-127}. */
  private long next(Reply reply, long usual) throws IOException {
    String[] first = new String[1];
    Json.document(
        new LimitedInputStream(reply.decoded(), 1 << 16),
        (json, name) -> {
          if (!name.equals("nextExpectedRanges") || json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
          }
          while (json.nextToken() != JsonToken.END_ARRAY) {
            first[0] = first[0] == null ? Json.text(json) : first[0];
          }
        });
    long next = first[0] == null ? usual : begin(first[0]);
    if (next < 0 || next >= content.size() || next % STEP != 0 && next != usual) {
      throw new BadReplyException("the upload goes on where no fragment can begin");
    }
    return next;
  }

  private static long begin(String range) {
    int dash = range.indexOf('-');
    try {
      return Long.parseLong(dash < 0 ? range : range.substring(0, dash));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void note(long at, byte[] fragment) {
    long skip = hashed - at;
    if (skip >= 0 && skip < fragment.length) {
      hash.update(fragment, (int) skip, (int) (fragment.length - skip));
      hashed = at + fragment.length;
    }
  }

  /** The service forgets the session by itself, but then its bytes count against the quota. */
  private void abandon(String url) {
    try {
      writer.sendUpload(Request.write("DELETE", url, Map.of(), null)).close();
    } catch (IOException | RuntimeException e) {
      // it expires
    }
  }
}
