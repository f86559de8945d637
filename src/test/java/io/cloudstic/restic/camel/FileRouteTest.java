package io.cloudstic.restic.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.backup.FileEntry;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.chunk.FastCdc;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.FileContent;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.restic.write.WriteSession;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The route file")
@Timeout(120)
class FileRouteTest {
  private static final int MIB = 1 << 20;

  private final SecureRandom secureRandom = new SecureRandom();
  private final MasterKey key = MasterKey.generate(secureRandom);
  private final BlobIndex index = new BlobIndex();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate producer;

  @BeforeEach
  void start() throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/file.camel.yaml"));
    camel.start();
    producer = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  @DisplayName("answers with the blobs of a file in order, and they decode to it")
  void inOrder() throws Exception {
    MemoryStore store = new MemoryStore();
    try (Session session = new Session(store)) {
      Entry file = new Entry(20 * MIB + 12345, 1);
      FileContent content = content(session, file);
      session.writer.flush();
      assertThat(content.length()).isEqualTo(file.size());
      assertThat(content.blobs()).hasSizeGreaterThan(2);
      assertThat(decoded(store, content)).isEqualTo(file.content());
      assertThat(file.closed).hasValue(1);
    }
  }

  @Test
  @DisplayName("stores what it has once: in one file, in two, and in two at the same time")
  void once() throws Exception {
    MemoryStore store = new MemoryStore();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Session session = new Session(store)) {
      List<Future<FileContent>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> content(session, new Entry(6 * MIB, 7))));
      }
      FileContent first = answers.get(0).get();
      for (Future<FileContent> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
      FileContent zeros = content(session, new Entry(16 * MIB, 0));
      session.writer.flush();
      assertThat(zeros.blobs()).hasSize(2).containsOnly(zeros.blobs().get(0));
      assertThat(session.writer.totals().dataBlobs()).isEqualTo(first.blobs().size() + 1);
      assertThat(content(session, new Entry(6 * MIB, 7))).isEqualTo(first);
      assertThat(session.writer.totals().dataBlobs()).isEqualTo(first.blobs().size() + 1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("answers with no blobs for an empty file, and one for a small one")
  void small() {
    try (Session session = new Session(new MemoryStore())) {
      assertThat(content(session, new Entry(0, 1))).isEqualTo(FileContent.EMPTY);
      assertThat(content(session, new Entry(1, 1)).blobs()).hasSize(1);
    }
  }

  @Test
  @DisplayName(
      "fails one file only when its stream fails in the middle, with the stream's exception")
  void streamFails() {
    try (Session session = new Session(new MemoryStore())) {
      Entry failing = new Entry(10 * MIB, 3);
      failing.failAt = 7 * MIB;
      Exchange failed = send(session, failing);
      assertThat(failed.getException(SocketTimeoutException.class)).hasMessage("read timed out");
      assertThat(failing.closed).hasValue(1);
      Entry whole = new Entry(10 * MIB, 3);
      assertThat(content(session, whole).length()).isEqualTo(10 * MIB);
      session.writer.flush();
    }
  }

  @Test
  @DisplayName("fails with the source's exception when an entry cannot be opened")
  void openFails() {
    try (Session session = new Session(new MemoryStore())) {
      Entry failing = new Entry(10, 3);
      failing.failAt = -1;
      Exchange failed = send(session, failing);
      assertThat(failed.getException()).isInstanceOf(IOException.class).hasMessage("gone");
      session.writer.flush();
    }
  }

  @Test
  @DisplayName(
      "fails with the store's exception when a pack cannot be stored, and closes the stream")
  void storeFails() {
    StoreException full = new StoreException("the disk is full", null, null);
    ObjectStore failing =
        new MemoryStore() {
          @Override
          public void put(String key, byte[] data) {
            throw full;
          }
        };
    try (Session session = new Session(failing)) {
      Entry file = new Entry(64 * MIB, 4);
      Exchange failed = send(session, file);
      assertThat(failed.getException(StoreException.class)).isSameAs(full);
      assertThat(file.closed).hasValue(1);
      assertThat(file.read).isLessThan(64 * MIB);
    }
  }

  @Test
  @DisplayName("gives a claim up when a later step of the same chunk fails")
  void claimGivenUp() throws Exception {
    try (Session session = new Session(new MemoryStore())) {
      org.apache.camel.builder.AdviceWith.adviceWith(
          camel,
          "blob",
          advice ->
              advice
                  .weaveById("pack")
                  .before()
                  .process(
                      exchange -> {
                        throw new IllegalStateException("a step that a user added");
                      }));
      Entry file = new Entry(100, 5);
      assertThat(send(session, file).getException(IllegalStateException.class)).isNotNull();
      session.writer.flush();
      assertThat(session.writer.contains(BlobType.DATA, Id.hash(file.content()))).isFalse();
    }
  }

  @Test
  @DisplayName("refuses to answer when an edited route loses chunks")
  void edited() throws Exception {
    try (Session session = new Session(new MemoryStore())) {
      org.apache.camel.builder.AdviceWith.adviceWith(
          camel, "blob", advice -> advice.weaveById("pack").replace().to("log:lost?level=TRACE"));
      content(session, new Entry(100, 6));
      assertThatThrownBy(session.writer::flush).isInstanceOf(RepositoryException.class);
      org.apache.camel.builder.AdviceWith.adviceWith(
          camel, "file-once", advice -> advice.weaveById("each-chunk").remove());
      Exchange failed = send(session, new Entry(2 * MIB, 6));
      assertThat(failed.getException(IllegalStateException.class))
          .hasMessageContaining("0 of 0 chunks came out of the split, and more are left");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 512 * 1024, 512 * 1024 + 1, 3 * MIB})
  @DisplayName("fails a file whose stream finds only at its end that the bytes are wrong")
  void spoilt(int length) {
    try (Session session = new Session(new MemoryStore())) {
      Entry file = new Entry(length, 10);
      file.spoilt = true;
      assertThat(send(session, file).getException()).hasStackTraceContaining("the hash is another");
      assertThat(file.closed).hasValue(1);
      assertThat(content(session, new Entry(length, 10)).length()).isEqualTo(length);
      session.writer.flush();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2 * MIB})
  @DisplayName("refuses to answer when an edited route sends chunks past those who store them")
  void sentPast(int length) throws Exception {
    try (Session session = new Session(new MemoryStore())) {
      org.apache.camel.builder.AdviceWith.adviceWith(
          camel,
          "blob",
          advice -> advice.weaveById("new-blobs-only").replace().to("log:lost?level=TRACE"));
      Exchange failed = send(session, new Entry(length, 7));
      assertThat(failed.getException(IllegalStateException.class))
          .hasMessageContaining("a chunk was not stored");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 512 * 1024, 512 * 1024 + 1})
  @DisplayName("splits short files, too, when an edited route knows only the split")
  void splitOnly(int length) throws Exception {
    try (Session session = new Session(new MemoryStore())) {
      org.apache.camel.builder.AdviceWith.adviceWith(
          camel,
          "file-once",
          advice ->
              advice
                  .weaveById("chunk")
                  .after()
                  .process(exchange -> exchange.setProperty(ResticConstants.ONE_CHUNK, false)));
      Entry file = new Entry(length, 9);
      assertThat(content(session, file).length()).isEqualTo(length);
      session.writer.flush();
    }
  }

  @Test
  @DisplayName("needs no memory for the length of a file")
  void boundedMemory() {
    ObjectStore nowhere =
        new MemoryStore() {
          @Override
          public void put(String key, byte[] data) {}
        };
    try (Session session = new Session(nowhere)) {
      Entry file = new Entry(1280L << 20, 8);
      file.repeat = true;
      assertThat(content(session, file).length()).isEqualTo(1280L << 20);
      session.writer.flush();
    }
  }

  private FileContent content(Session session, Entry file) {
    Exchange answer = send(session, file);
    assertThat(answer.getException()).isNull();
    return answer.getMessage().getBody(FileContent.class);
  }

  private Exchange send(Session session, Entry file) {
    return producer.send(
        "direct:file",
        exchange -> {
          exchange.setProperty(ResticConstants.SESSION, session);
          exchange.getMessage().setBody(file);
        });
  }

  private byte[] decoded(MemoryStore store, FileContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BlobDecoder decoder = new BlobDecoder(new Envelope(key, secureRandom));
    for (Id id : content.blobs()) {
      BlobLocation at = index.lookup(BlobType.DATA, id).get(0);
      byte[] sealed = store.getRange(FileKind.PACK.key(at.pack()), at.offset(), (int) at.length());
      out.writeBytes(decoder.decode(at.blob(), sealed, 0));
    }
    return out.toByteArray();
  }

  private final class Session implements WriteSession, AutoCloseable {
    final BlobWriter writer;
    final FastCdc chunker;

    Session(ObjectStore store) {
      writer =
          new BlobWriter(
              store,
              key,
              index,
              new UnpackedFiles(store, () -> new Envelope(key, secureRandom), 2),
              secureRandom,
              Clock.systemUTC(),
              WriteLimits.standard());
      chunker = new FastCdc(0x3da3358b4dc173L, writer.buffers());
    }

    @Override
    public BlobWriter writer() {
      return writer;
    }

    @Override
    public FastCdc chunker() {
      return chunker;
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  /** Random bytes of a seed, or zeros for seed 0; may fail at a place, −1 for on opening. */
  private static final class Entry implements FileEntry {
    final AtomicInteger closed = new AtomicInteger();
    final long length;
    final long seed;
    long failAt = Long.MAX_VALUE;
    boolean repeat;
    boolean spoilt;
    volatile long read;

    Entry(long length, long seed) {
      this.length = length;
      this.seed = seed;
    }

    byte[] content() {
      byte[] content = new byte[(int) Math.min(length, 64 * MIB)];
      if (seed != 0) {
        new Random(seed).nextBytes(content);
      }
      return content;
    }

    @Override
    public String path() {
      return "/file";
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public InputStream open() throws IOException {
      if (failAt < 0) {
        throw new IOException("gone");
      }
      byte[] content = repeat ? new byte[0] : content();
      return new InputStream() {
        private long state = seed;

        @Override
        public int read() {
          throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
          if (read >= failAt) {
            throw new SocketTimeoutException("read timed out");
          }
          int n = (int) Math.min(Math.min(len, 100_000), length - read);
          if (n <= 0) {
            return -1;
          }
          if (repeat) {
            for (int i = 0; i < n; i++) {
              state = state * 6364136223846793005L + 1442695040888963407L;
              b[off + i] = (byte) (state >>> 56);
            }
          } else {
            System.arraycopy(content, (int) read, b, off, n);
          }
          read += n;
          return n;
        }

        @Override
        public void close() throws IOException {
          closed.incrementAndGet();
          if (spoilt) {
            throw new IOException("the hash is another");
          }
        }
      };
    }
  }
}
