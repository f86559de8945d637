package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.ItemException.Reason;
import io.cloudstic.onedrive.catalogue.Mark;
import java.io.InputStream;

/**
 * The content of one file and the one place that decides whether it is good. Graph's sizes and
 * hashes are not always true (rclone#5580, onedrive-api-docs#935), so that a mismatch neither is
 * stored as good nor keeps a file out of the backup for ever:
 *
 * <ol>
 *   <li>a hash is equal, or there is none and the length is: good;
 *   <li>else the item is read again, and when it has changed, its content is begun again;
 *   <li>else the content is fetched once more, and when it is the same it is kept with the mark
 *       {@link Mark#MISMATCH}.
 * </ol>
 *
 * <p>A content is begun again by the reader: its stream fails with {@link ContentChangedException},
 * and {@link #open} gives the next round, three times at most. Not thread-safe.
 */
public final class FileContent {
  /** Rounds after the first; then a file that never rests is taken as it is, or left. */
  public static final int MOST_ROUNDS = 3;

  private final Downloads downloads;
  private final ContentUrls urls;
  private DriveItem item;
  private Mark mark;
  private int round = -1;
  private boolean begunAgain = true;

  /**
   * The content of an item.
   *
   * @param current whether Graph has described the item just now
   */
  FileContent(Downloads downloads, String driveId, DriveItem item, boolean current) {
    this.downloads = downloads;
    this.urls = new ContentUrls(downloads, driveId, item, current);
    this.item = item;
  }

  /**
   * The bytes of the next round. Nothing is asked for before the first read. Its reads throw no
   * {@link java.io.IOException}, but {@link ContentChangedException}, {@link ItemException}, and
   * what ends a run: {@link PatienceException}, {@link io.cloudstic.onedrive.GraphException},
   * {@link io.cloudstic.failure.StoppedException}. At its end {@link #mark} is known.
   *
   * @throws ItemException when Graph flags the file as infected
   * @throws IllegalStateException when the last round did not ask to be begun again
   */
  public InputStream open() {
    if (!begunAgain) {
      throw new IllegalStateException("this content is being read, or was read, already");
    }
    if (item.malware()) {
      throw Refusal.malware();
    }
    begunAgain = false;
    round++;
    return new CheckedStream(this, new Transfer(downloads, urls, item));
  }

  /** What Graph says of the content of the present round; after its end, of what was read. */
  public DriveItem item() {
    return item;
  }

  /**
   * How well the content could be checked.
   *
   * @throws IllegalStateException before a stream was read to its end
   */
  public Mark mark() {
    if (mark == null) {
      throw new IllegalStateException("the content has not been read to its end");
    }
    return mark;
  }

  /** The metadata are settled when the first connection stands. */
  void settled(DriveItem settled) {
    item = settled;
  }

  /** All bytes have been read: decides what they are worth. */
  void finish(ContentCheck.Finding finding, Transfer transfer) {
    Mark found = finding.mark();
    if (found == Mark.MISMATCH && transfer.isUnexpectedHtml()) {
      throw new ItemException(Reason.WEB_PAGE, "a web page came instead of the content", null);
    }
    if (found == Mark.HASH || found != Mark.MISMATCH && !transfer.isUnguarded()) {
      mark = found;
      return;
    }
    DriveItem fresh = urls.fresh();
    if (Transfer.isChanged(item, fresh)) {
      found = changedMeanwhile(fresh);
    } else if (found == Mark.MISMATCH) {
      fetchOnceMore(finding, fresh);
    }
    mark = found;
  }

  /** Begins again; when that has been done often enough, what came last is kept with its mark. */
  private Mark changedMeanwhile(DriveItem fresh) {
    if (round < MOST_ROUNDS) {
      throw beginAgain(fresh, "the file changed while it was read");
    }
    return Mark.MISMATCH;
  }

  private void fetchOnceMore(ContentCheck.Finding first, DriveItem fresh) {
    ContentCheck.Finding second = checkOnly(fresh);
    if (second.fingerprint().equals(first.fingerprint())) {
      return;
    }
    if (second.mark() != Mark.MISMATCH && round < MOST_ROUNDS) {
      throw beginAgain(fresh, "the first download of the file was wrong");
    }
    throw new ItemException(Reason.UNSTABLE, "the storage host serves other bytes each time", null);
  }

  private ContentCheck.Finding checkOnly(DriveItem fresh) {
    try (Transfer transfer = new Transfer(downloads, urls, fresh)) {
      transfer.begin();
      ContentCheck check = checkOf(transfer.item());
      byte[] buf = new byte[1 << 16];
      for (int n; (n = transfer.read(buf, 0, buf.length)) >= 0; ) {
        check.update(buf, 0, n);
      }
      return check.finish(transfer.item().size());
    }
  }

  /** A check against what Graph says of an item. */
  ContentCheck checkOf(DriveItem described) {
    return downloads.check(described);
  }

  /**
   * The transfer found in its middle that the file is another: what was read is of two versions, so
   * that it is never kept.
   */
  RuntimeException interrupted(ContentChangedException change) {
    return round < MOST_ROUNDS
        ? beginAgain(urls.fresh(), change.getMessage())
        // Without the change as its cause, which a route would take for one, and begin again.
        : new ItemException(Reason.CHANGING, "the file changed whenever it was read", null);
  }

  /** Whether the next round may be opened. */
  public boolean isBegunAgain() {
    return begunAgain;
  }

  private ContentChangedException beginAgain(DriveItem fresh, String why) {
    item = fresh;
    begunAgain = true;
    return new ContentChangedException(why);
  }
}
