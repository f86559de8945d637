package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The bytes of one state of a file, from the first to the last, over as many connections as it
 * takes. Not thread-safe, but {@link #close} may come from anywhere.
 */
final class Transfer implements Closeable {
  private final Downloads downloads;
  private final ContentUrls urls;
  private final Tenacity tenacity;

  private DriveItem item;
  private String url;
  private Reply reply;
  private boolean begun;
  private boolean ended;
  private boolean ignoresRanges;
  private long position;
  private long total = -1;
  private String validator;
  private boolean unguarded;
  private boolean html;

  /** The content of this state of the item. */
  Transfer(Downloads downloads, ContentUrls urls, DriveItem item) {
    this.downloads = downloads;
    this.urls = urls;
    this.item = item;
    this.tenacity = new Tenacity(downloads.rule());
  }

  /**
   * Connects; afterwards {@link #item} is settled. Metadata that turns out to be newer before the
   * first byte is simply taken over.
   */
  void begin() {
    if (!begun) {
      ended = EmptyContent.isClaimedBy(item) || !connect();
      begun = true;
    }
  }

  /** The state of the item that the bytes belong to. */
  DriveItem item() {
    return item;
  }

  /** Whether the server calls the content a web page, and Graph does not. */
  boolean isUnexpectedHtml() {
    return html;
  }

  /** Whether the content was read over several connections that nothing ties to one version. */
  boolean isUnguarded() {
    return unguarded;
  }

  /**
   * Reads as an {@link java.io.InputStream} does, only that it never fails in passing.
   *
   * @throws ContentChangedException when the file has changed under our hands
   * @throws ItemException when the content cannot be had
   */
  int read(byte[] buf, int off, int len) {
    begin();
    while (!ended) {
      if (reply == null && !connect()) {
        break;
      }
      try {
        int n = receive(buf, off, len);
        if (n >= 0) {
          return n;
        }
        drop();
        if (position >= total) {
          break;
        }
        broken("the connection ended early");
      } catch (IOException e) {
        drop();
        broken(String.valueOf(e.getMessage()));
      }
    }
    ended = true;
    return -1;
  }

  private int receive(byte[] buf, int off, int len) throws IOException {
    tenacity.refuseTrickle();
    long before = downloads.nanos().getAsLong();
    int n = reply.body().read(buf, off, len);
    if (n > 0) {
      position += n;
      tenacity.received(n, downloads.nanos().getAsLong() - before);
    }
    return n;
  }

  /** Makes a connection that continues at the position; false when there is nothing more. */
  private boolean connect() {
    while (true) {
      if (url == null) {
        Optional<String> next = nextUrl();
        if (next.isEmpty()) {
          return false;
        }
        url = next.get();
      }
      try {
        StorageRequest request = new StorageRequest(ignoresRanges ? 0 : position, validator);
        Opening opening = open(request.send(downloads, urls, url));
        if (opening != Opening.AGAIN) {
          return opening == Opening.STREAM;
        }
      } catch (IOException e) {
        broken(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Keeps the answer when it continues the content, closes it when it does not. */
  private Opening open(Reply answer) throws IOException {
    try {
      Opening opening = examine(answer);
      if (opening == Opening.STREAM) {
        reply = answer;
      }
      return opening;
    } finally {
      if (reply != answer) {
        answer.close();
      }
    }
  }

  /** The listing's URL first; without one, and after a refusal, one that comes with fresh facts. */
  private Optional<String> nextUrl() {
    if (!tenacity.wasRefused()
        && position == 0
        && (urls.isCurrent() || item.downloadUrl() != null)) {
      return urls.of(item, null);
    }
    String used = item.downloadUrl() == null ? null : WireUrl.of(item.downloadUrl());
    DriveItem fresh = urls.fresh();
    if (position == 0) {
      item = fresh;
    } else if (isChanged(item, fresh)) {
      throw new ContentChangedException("the file changed while it was read");
    }
    return urls.of(fresh, used);
  }

  /** Whether the content differs, as far as metadata tell. */
  static boolean isChanged(DriveItem before, DriveItem now) {
    boolean untold = before.eTag() == null || now.eTag() == null;
    boolean alike =
        before.size() == now.size() && Objects.equals(before.modified(), now.modified());
    return !ContentFacts.of(before).sameContent(ContentFacts.of(now)) && !(untold && alike);
  }

  /** What an answer is good for. */
  private enum Opening {
    /** Its body continues at the position. */
    STREAM,
    /** The content ends at the position. */
    END,
    /** Nothing; there is another try. */
    AGAIN
  }

  private Opening examine(Reply answer) throws IOException {
    return switch (answer.status()) {
      case 200 -> whole(answer);
      case 206 -> part(answer);
      case 204 -> position == 0 ? Opening.END : brokenOff("an empty answer");
      case 416 -> beyondTheEnd(answer);
      case 400, 401, 403, 404, 410 -> refused(answer);
      default -> failed(answer);
    };
  }

  private Opening whole(Reply answer) throws IOException {
    long length = answer.contentLength().orElse(-1L);
    if (position == 0) {
      html = answer.isHtml() && !HtmlFiles.isHtml(item);
      if (html && length != item.size()) {
        return refused(answer);
      }
      total = length;
      validator = strongValidator(answer);
      return Opening.STREAM;
    }
    // The range was ignored, or the file is another: the whole comes, from the beginning.
    if (isOther(answer, length)) {
      return changedOrAgain();
    }
    note(answer);
    skip(answer);
    return Opening.STREAM;
  }

  private Opening part(Reply answer) {
    ContentRange range = ContentRange.of(answer).orElse(new ContentRange(-1, -1));
    if (range.start() != position) {
      ignoresRanges = position > 0;
      return brokenOff("the storage host sends another part than the one asked for");
    }
    if (isOther(answer, range.total())) {
      return changedOrAgain();
    }
    total = range.total() >= 0 ? range.total() : total;
    note(answer);
    return Opening.STREAM;
  }

  private boolean isOther(Reply answer, long length) {
    String now = strongValidator(answer);
    boolean otherVersion = validator != null && now != null && !validator.equals(now);
    return otherVersion || total >= 0 && length >= 0 && length != total;
  }

  /** A later connection: unless a validator ties it to the first, the file may be another. */
  private void note(Reply answer) {
    unguarded |= validator == null || !validator.equals(strongValidator(answer));
  }

  private Opening beyondTheEnd(Reply answer) {
    long length = ContentRange.of(answer).map(ContentRange::total).orElse(-1L);
    if (length == position || length < 0 && position == Math.max(total, item.size())) {
      return Opening.END;
    }
    if (position == 0) {
      return brokenOff("the storage host finds no content");
    }
    ignoresRanges = true;
    return changedOrAgain();
  }

  /**
   * The server has another length or version than at first: either the file changed, or it errs.
   */
  private Opening changedOrAgain() {
    DriveItem fresh = urls.fresh();
    if (isChanged(item, fresh)) {
      throw new ContentChangedException("the file changed while it was read");
    }
    return brokenOff("the storage host serves different versions of the content");
  }

  /** The URL may have expired; but a refusal can be meant. */
  private Opening refused(Reply answer) {
    GraphError error = GraphError.of(answer);
    Refusal.lasting(answer, error).ifPresent(Transfer::fail);
    if (!tenacity.triesAnotherUrl(answer.status())) {
      throw Refusal.of(answer, error);
    }
    url = null;
    pause(Duration.ZERO);
    return Opening.AGAIN;
  }

  private Opening failed(Reply answer) {
    GraphError error = GraphError.of(answer);
    pause(tenacity.answered(answer, error).orElseThrow(() -> Refusal.of(answer, error)));
    return Opening.AGAIN;
  }

  private static void fail(ItemException reason) {
    throw reason;
  }

  private Opening brokenOff(String why) {
    broken(why);
    return Opening.AGAIN;
  }

  private void broken(String why) {
    pause(tenacity.broken().orElseThrow(() -> Refusal.trouble(why)));
  }

  private void pause(Duration pause) {
    // Also when there is nothing to wait for: a stopped run ends here.
    downloads.sleeper().sleep(pause);
  }

  private void skip(Reply answer) throws IOException {
    byte[] waste = new byte[1 << 16];
    for (long left = position; left > 0; ) {
      int n = answer.body().read(waste, 0, (int) Math.min(left, waste.length));
      if (n < 0) {
        throw new IOException("the content ended before the place where we were");
      }
      left -= n;
    }
  }

  private static String strongValidator(Reply answer) {
    return answer
        .header("ETag")
        .filter(tag -> !tag.toUpperCase(Locale.ROOT).startsWith("W/") && tag.startsWith("\""))
        .orElse(null);
  }

  private void drop() {
    Reply last = reply;
    reply = null;
    if (last != null) {
      try {
        last.close();
      } catch (IOException e) {
        // The connection is gone in either case.
        return;
      }
    }
  }

  /** Lets go of the connection, without reading what is left. */
  @Override
  public void close() {
    ended = true;
    drop();
  }
}
