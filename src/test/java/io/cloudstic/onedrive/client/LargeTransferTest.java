package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.auth.TrustedHosts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The largest file that OneDrive takes, from a storage host that makes its bytes up. */
@DisplayName("A transfer of 250 GB")
@Timeout(60)
class LargeTransferTest {
  private static final long SIZE = 250L << 30;

  private final List<String> ranges = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  @DisplayName("goes on behind every break, at the exact byte, however far it is")
  void everyBreak() {
    Downloads downloads =
        new Downloads(
            new NoSource(),
            this::serve,
            new TrustedHosts(URI.create("http://127.0.0.1:1/v1.0")),
            new RetryRule(new Random(1)),
            pauses::add,
            () -> 0,
            "test",
            true);
    long read = 0;
    try (Transfer transfer =
        new Transfer(downloads, new ContentUrls(downloads, "drive", item(), false), item())) {
      byte[] buffer = new byte[1 << 20];
      for (int n; (n = transfer.read(buffer, 0, buffer.length)) >= 0; ) {
        read += n;
      }
    }
    assertThat(read).isEqualTo(SIZE);
    assertThat(ranges).hasSize(25).startsWith("null", "bytes=10737418240-", "bytes=21474836480-");
    assertThat(pauses).allMatch(Duration::isZero);
  }

  /** Breaks after ten gibibytes. */
  private Reply serve(Request request) {
    String range = request.headers().get("Range");
    ranges.add(String.valueOf(range));
    long from = range == null ? 0 : Long.parseLong(range.replaceAll("\\D", ""));
    long length = Math.min(10L << 30, SIZE - from);
    Map<String, String> headers =
        Map.of(
            "Content-Length", Long.toString(SIZE - from),
            "Content-Range", "bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE),
            "ETag", "\"v1\"");
    return new Reply(range == null ? 200 : 206, headers, new Nothing(length, from + length < SIZE));
  }

  private static DriveItem item() {
    return new DriveItem(
        "01AB",
        "drive",
        "parent",
        "huge.vhdx",
        ItemKind.FILE,
        false,
        SIZE,
        Instant.EPOCH,
        Instant.EPOCH,
        "\"e\"",
        "\"c\"",
        Hashes.NONE,
        null,
        -1,
        null,
        "http://127.0.0.1:1/file?tempauth=1",
        false,
        null,
        null,
        null,
        null);
  }

  /** Takes no time: leaves the buffer as it is. */
  private static final class Nothing extends InputStream {
    private final boolean breaks;
    private long left;

    Nothing(long length, boolean breaks) {
      this.left = length;
      this.breaks = breaks;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buf, int off, int len) throws IOException {
      if (left == 0 && breaks) {
        throw new IOException("Connection reset");
      }
      int n = (int) Math.min(left, len);
      left -= n;
      return n == 0 ? -1 : n;
    }
  }

  private static final class NoSource implements ContentSource {
    @Override
    public DriveItem item(String driveId, String itemId) {
      throw new AssertionError("no need to ask");
    }

    @Override
    public Optional<String> contentUrl(String driveId, String itemId) {
      throw new AssertionError("no need to ask");
    }
  }
}
