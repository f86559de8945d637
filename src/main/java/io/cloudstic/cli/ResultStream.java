package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output, which remembers that it could not be written: a {@link java.io.PrintWriter} over
 * it says nothing, and a result that got lost must not end with exit code 0. What is written after
 * the first fault is dropped. Safe for several threads.
 */
final class ResultStream extends OutputStream {
  private final OutputStream target;
  private volatile IOException fault;

  ResultStream(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    failIfLost();
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    failIfLost();
    try {
      target.flush();
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  private void failIfLost() throws IOException {
    if (fault != null) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** Whether nobody gets any more of the results. */
  boolean isLost() {
    return fault != null;
  }

  /**
   * Whether the one who read them has seen enough and closed the pipe, as {@code head} does: no
   * failure, but an end.
   */
  boolean isClosedByReader() {
    return fault != null
        && String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }

  /** What is told when results got lost. */
  LostException failure() {
    return new LostException(fault);
  }

  /** Results could not be written. */
  static final class LostException extends CloudsticException {
    private static final long serialVersionUID = 1L;

    private LostException(IOException fault) {
      super(
          ExitCode.FAILED,
          "standard output cannot be written: " + fault.getMessage(),
          "look at where it goes, at the space there for example",
          fault);
    }
  }
}
