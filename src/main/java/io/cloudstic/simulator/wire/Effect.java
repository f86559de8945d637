package io.cloudstic.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What the fault plan can do to a call. Values; those that count bytes count the body's. */
public sealed interface Effect {

  /** The site says this instead of its own answer. */
  record Answer(int status, String contentType, String body, Map<String, String> headers)
      implements Effect {
    Reply reply() {
      Reply reply =
          contentType == null
              ? Reply.empty(status)
              : Reply.of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
      headers.forEach(reply::with);
      return reply;
    }
  }

  /** Graph asks everybody to wait, with this status; see {@link RetryAfter}. */
  record Throttle(int status, Duration pause, RetryAfter form) implements Effect {}

  /** Graph's delta answers 410 with this inner code. */
  record Gone(String innerCode, Location location) implements Effect {}

  /** Graph refuses the token and asks for a new sign-in with these claims. */
  record ClaimsChallenge(String claims) implements Effect {}

  /** Something is wrong with the page of a feed or listing. */
  record Page(PageFault fault) implements Effect {}

  /** Something is wrong with a download. */
  record Download(DownloadFault fault) implements Effect {}

  /** The connection is closed before any answer. */
  record Reset() implements Effect {}

  /** The connection is closed after so many bytes of the announced body. */
  record Cut(long afterBytes) implements Effect {}

  /** The body is complete as HTTP sees it, but holds only this share (0 to 1) of the document. */
  record Shorten(double share) implements Effect {}

  /** Nothing comes for a while before the answer. */
  record Delay(Duration duration) implements Effect {}

  /** Nothing comes for a while after so many bytes. */
  record Stall(long afterBytes, Duration duration) implements Effect {}

  /** Something happens to the drive before the answer is made. */
  record Before(Runnable mutation) implements Effect {}

  /** Something happens to the drive after so many bytes were sent. */
  record During(long afterBytes, Runnable mutation) implements Effect {}

  /** How {@code Retry-After} is written. */
  enum RetryAfter {
    /** A number of seconds. */
    SECONDS,
    /** An HTTP date. */
    DATE,
    /** Not at all. */
    MISSING
  }

  /** What the {@code Location} of a 410 is. */
  enum Location {
    /** There is none. */
    NONE,
    /** A link that begins anew. */
    FRESH,
    /** A link that answers 500. */
    BROKEN,
    /** A link to another host, which waits for the token. */
    FOREIGN,
    /** A link to Microsoft's host without encryption. */
    PLAIN
  }

  /** What can be wrong with a page. */
  enum PageFault {
    /** The next link is the one that led here. */
    SAME_LINK,
    /** The next link leads back to the first page. */
    FIRST_LINK,
    /** There is neither a next link nor a delta link. */
    NO_LINK,
    /** There are both; following the next link is right. */
    BOTH_LINKS,
    /** The next link names a foreign host, which waits for the token. */
    FOREIGN_LINK,
    /** The next link names Microsoft's host without encryption. */
    PLAIN_LINK,
    /** The delta link names a foreign host, which waits for the token. */
    FOREIGN_DELTA,
    /** The page has no items, but the links that it should have: they are lost. */
    LOST_ITEMS,
    /** The items come in pairs. */
    TWICE
  }

  /** What can be wrong with a download. */
  enum DownloadFault {
    /** The URL has expired (401). */
    EXPIRED,
    /** The range is ignored: 200 with everything. */
    RANGE_IGNORED,
    /** 206, but from another offset than asked. */
    RANGE_SHIFTED,
    /** 416 whatever range was asked for. */
    RANGE_REFUSED,
    /** 200 with a page instead of the bytes. */
    HTML,
    /** The right number of wrong bytes. */
    OTHER_BYTES
  }

  /** An answer without a body. */
  static Effect empty(int status) {
    return new Answer(status, null, null, Map.of());
  }

  /** A page for people instead of what was asked for. */
  static Effect html(int status) {
    return new Answer(
        status,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Something went wrong</body></html>",
        Map.of());
  }

  /** An error of Graph with a code; {@code code} is plain ASCII. */
  static Effect graphError(int status, String code, String message) {
    String body =
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"innerError\":{\"date\":\"2026-01-01T00:00:00\"}}}"
            .formatted(code, message);
    return new Answer(status, "application/json", body, Map.of());
  }

  /** An error of the token endpoint with its AADSTS number. */
  static Effect signInError(int status, String error, int number) {
    String body =
        "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: scripted.\",\"error_codes\":[%d]}"
            .formatted(error, number, number);
    return new Answer(status, "application/json; charset=utf-8", body, Map.of());
  }
}
