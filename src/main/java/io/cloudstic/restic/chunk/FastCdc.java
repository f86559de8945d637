package io.cloudstic.restic.chunk;

import java.io.InputStream;

/**
 * FastCDC: content-defined chunking with a gear hash, minimum skipping and normalised chunk sizes
 * (Xia et al., <em>FastCDC: a Fast and Efficient Content-Defined Chunking Approach for Data
 * Deduplication</em>, USENIX ATC 2016).
 *
 * <p>The rules, exactly. Within a chunk, bytes are counted from 1. The hash starts at 0 and takes
 * in byte number {@link #MIN}+1 first: {@code h = (h << 1) + gear[byte]}, 64 bits, wrapping. After
 * taking in byte number n the chunk ends there if
 *
 * <ul>
 *   <li>n ≤ {@link #NORMAL} and the upper 22 bits of h are all zero, or
 *   <li>n &gt; {@link #NORMAL} and the upper 18 bits of h are all zero, or
 *   <li>n = {@link #MAX}.
 * </ul>
 *
 * The stricter test below the normal size and the laxer one above it (two bits either way of the 20
 * that a mean of 1 MiB asks for: the paper's normalisation level 2) gather the sizes round 1 MiB.
 * The upper bits are taken because they depend on the most bytes: bit 63 on the last 64, bit 42 on
 * the last 43. The end of the content ends the last chunk; empty content has none. The cuts depend
 * on the content and the polynomial alone, never on how the content arrives.
 *
 * <p>Immutable and thread-safe.
 */
public final class FastCdc {
  /** No chunk but the last of a file is smaller: 512 KiB, as in restic. */
  public static final int MIN = 512 * 1024;

  /** The size that the chunks are gathered round: 1 MiB. */
  public static final int NORMAL = 1024 * 1024;

  /** No chunk is larger: 8 MiB, what readers of restic repositories expect to hold in memory. */
  public static final int MAX = 8 * 1024 * 1024;

  static final long MASK_BELOW_NORMAL = -1L << (64 - 22);
  static final long MASK_ABOVE_NORMAL = -1L << (64 - 18);

  private final long[] gear;
  private final BufferPool buffers;

  /**
   * The chunker of one repository.
   *
   * @param polynomial the config's chunker polynomial; see {@link GearTable} for what is made of it
   * @param buffers where windows come from and chunks return to
   */
  public FastCdc(long polynomial, BufferPool buffers) {
    this.gear = GearTable.of(polynomial);
    this.buffers = buffers;
  }

  /**
   * Cuts a stream lazily, reading no further than the chunk asked for needs (and at most 256 KiB
   * beyond). The chunks close the stream when they end, fail or are closed.
   */
  public Chunks cut(InputStream content) {
    return new Chunks(content, new Cutter(gear), buffers);
  }
}
