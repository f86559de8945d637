package io.cloudstic.store.camel;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bean {@code s3Content} of {@code routes/store-s3.camel.yaml}: reads the answers to a get to
 * their end and frees their connections. What is wrong with an answer is an {@link IOException},
 * which may pass. Thread-safe.
 */
public final class S3Content {
  /** The field Content-Range of RFC 9110, 14.4: which part of how much the answer holds. */
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/.*");

  /** How much of an answer tells what it is. */
  private static final int BEGIN = 512;

  /** A whole object. */
  public byte[] whole(ResponseInputStream<GetObjectResponse> answer) throws IOException {
    Long announced = answer.response().contentLength();
    long due = announced == null ? 0 : announced;
    return read(answer, 0, Integer.MAX_VALUE - 8, due);
  }

  /**
   * A part of an object, shorter when the object ends before it does. A service that ignores the
   * header Range sends the whole object, of which the rest is left.
   *
   * @param start the part's first byte
   * @param end its last byte, at most 2 GiB behind the first
   */
  public byte[] part(ResponseInputStream<GetObjectResponse> answer, long start, long end)
      throws IOException {
    int wanted = Math.toIntExact(end - start + 1);
    String range = answer.response().contentRange();
    if (range == null) {
      Long announced = answer.response().contentLength();
      long there = announced == null ? 0 : Math.max(0, announced - start);
      return read(answer, start, wanted, Math.min(wanted, there));
    }
    Matcher given = RANGE.matcher(range);
    if (!given.matches() || Long.parseLong(given.group(1)) != start) {
      answer.abort();
      throw new ProtocolException("the service sent another part than was asked for");
    }
    return read(answer, 0, wanted, Math.min(wanted, Long.parseLong(given.group(2)) - start + 1));
  }

  /**
   * Reads what follows on the bytes that are skipped.
   *
   * @param wanted how much at most
   * @param due how much there must be, by what the service said of it
   */
  private static byte[] read(
      ResponseInputStream<GetObjectResponse> answer, long skipped, int wanted, long due)
      throws IOException {
    try {
      InputStream content = mustBeOurs(answer);
      byte[] data = new byte[0];
      if (skip(content, skipped)) {
        // Grows with what really comes, whatever was announced.
        data = content.readNBytes(wanted);
      }
      if (data.length < due) {
        throw new EOFException("it ends after " + data.length + " of " + due + " bytes");
      }
      if (content.read() < 0) {
        answer.close();
      } else {
        answer.abort();
      }
      return data;
    } catch (IOException | RuntimeException e) {
      answer.abort();
      throw e;
    }
  }

  /** Whether the answer is as long as what is skipped, at least. */
  private static boolean skip(InputStream answer, long count) throws IOException {
    try {
      answer.skipNBytes(count);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /**
   * Nothing of a repository is XML or HTML: what begins like it is an error of the service, or of a
   * proxy on the way, that was sent with a status of success.
   */
  private static InputStream mustBeOurs(ResponseInputStream<GetObjectResponse> answer)
      throws IOException {
    String type = String.valueOf(answer.response().contentType()).toLowerCase(Locale.ROOT);
    if (!type.matches(".*/(xml|html)\\b.*")) {
      return answer;
    }
    InputStream content = new BufferedInputStream(answer, BEGIN);
    content.mark(BEGIN);
    String begin = new String(content.readNBytes(BEGIN), StandardCharsets.UTF_8);
    if (begin.startsWith("<")) {
      throw new ProtocolException(
          begin.contains("<Error>")
              ? "an error came in its place"
              : "a web page came in its place");
    }
    content.reset();
    return content;
  }
}
