package io.cloudstic.restic.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The chunks of one stream, cut while they are asked for. Each chunk belongs to whoever took it;
 * the stream's own memory is one window that grows with the largest chunk, from 2 MiB to 8 MiB.
 *
 * <p>A failure of the stream comes out of {@link #hasNext} or {@link #next}: an {@link IOException}
 * as {@link UncheckedIOException}, anything unchecked as it is; the stream is closed then, and a
 * piece read before the failure is never mistaken for the end of the content. Not thread-safe.
 */
public final class Chunks implements Iterator<Chunk>, Closeable {
  private static final int STEP = 256 * 1024;
  private static final int FULL = FastCdc.MAX;

  private final InputStream content;
  private final Cutter cutter;
  private final BufferPool buffers;

  private byte[] window;
  private int filled;
  private int taken;
  private boolean ended;
  private boolean closed;
  private boolean complete;

  Chunks(InputStream content, Cutter cutter, BufferPool buffers) {
    this.content = content;
    this.cutter = cutter;
    this.buffers = buffers;
  }

  /** Whether there is more content; reads when none is at hand. */
  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    while (filled == 0 && !ended) {
      fill();
    }
    if (filled == 0) {
      end();
    }
    return filled > 0;
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the content has ended");
    }
    int cut = cutter.advance(window, filled);
    while (cut < 0 && !ended) {
      fill();
      cut = cutter.advance(window, filled);
    }
    return take(cut < 0 ? filled : cut);
  }

  /**
   * The content as one chunk, when it ends within {@link FastCdc#MIN}, as that of most files does;
   * otherwise, or when a chunk was taken before, null, and nothing is taken. Reads that far.
   *
   * @throws UncheckedIOException as {@link #hasNext} and {@link #next} do
   */
  public Chunk only() {
    if (closed || taken > 0) {
      return null;
    }
    while (!ended && filled <= FastCdc.MIN) {
      fill();
    }
    if (filled == 0 || filled > FastCdc.MIN) {
      return null;
    }
    Chunk chunk = take(filled);
    boolean whole = false;
    try {
      end();
      whole = true;
    } finally {
      if (!whole) {
        chunk.release();
      }
    }
    return chunk;
  }

  /** How many chunks were taken so far. */
  public int taken() {
    return taken;
  }

  /** Whether {@link #hasNext} has found the end: the content was read and taken as a whole. */
  public boolean isAtEnd() {
    return complete;
  }

  /** Hands out the window's first bytes; the rest begins a new window. */
  private Chunk take(int length) {
    byte[] bytes = window;
    int rest = filled - length;
    window = null;
    if (rest > 0) {
      window = buffers.take(rest);
      System.arraycopy(bytes, length, window, 0, rest);
    }
    filled = rest;
    taken++;
    return new Chunk(bytes, length, buffers);
  }

  /** One read of at most {@link #STEP} bytes; a full window always holds a cut. */
  private void fill() {
    try {
      makeRoom();
      int read =
          content.read(window, filled, Math.min(STEP, Math.min(window.length, FULL) - filled));
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void makeRoom() {
    if (window == null) {
      window = buffers.take(BufferPool.SMALLEST);
    } else if (filled == window.length) {
      byte[] larger = buffers.take(window.length + 1);
      System.arraycopy(window, 0, larger, 0, filled);
      buffers.give(window);
      window = larger;
    }
  }

  /**
   * Closes the stream and gives the window back; chunks taken stay their owners'. Repeatable.
   * Closing before the end gives the content up, or follows a failure: that closing fails too is no
   * news.
   */
  @Override
  public void close() {
    if (!closed) {
      letGo();
      try {
        content.close();
      } catch (IOException e) {
        // See above.
      }
    }
  }

  /** At the end a failure to close counts: some streams find only then that bytes are wrong. */
  private void end() {
    letGo();
    try {
      content.close();
      complete = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void letGo() {
    closed = true;
    filled = 0;
    if (window != null) {
      buffers.give(window);
      window = null;
    }
  }
}
