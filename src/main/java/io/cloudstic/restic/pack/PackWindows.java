package io.cloudstic.restic.pack;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.ObjectStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads parts of packs, small ones by way of a few windows kept in memory: files that were backed
 * up together lie together, so that one request serves many small files. Thread-safe; two threads
 * that need the same window fetch it once.
 */
public final class PackWindows {
  private static final int WINDOW = 1 << 20;

  /** 16 MiB at most are kept. */
  private static final int KEPT = 16;

  private record Window(Id pack, long number) {}

  private final ObjectStore store;
  private final Map<Window, FutureTask<byte[]>> windows = lru(KEPT);
  private final Map<Id, Long> sizes = lru(4 * KEPT);

  /** Windows on the packs of this store. */
  public PackWindows(ObjectStore store) {
    this.store = store;
  }

  private static <K, V> Map<K, V> lru(int capacity) {
    return new LinkedHashMap<>(2 * capacity, 0.75f, /* accessOrder= */ true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
      }
    };
  }

  /**
   * The bytes of a pack from an offset on.
   *
   * @throws io.cloudstic.store.StoreException when there is no such pack, it ends early, or the
   *     store fails
   */
  public byte[] read(Id pack, long offset, int length) {
    if (length > WINDOW / 2) {
      return store.getRange(FileKind.PACK.key(pack), offset, length);
    }
    byte[] part = new byte[length];
    int done = 0;
    while (done < length) {
      long number = (offset + done) / WINDOW;
      byte[] window = window(new Window(pack, number));
      int from = (int) (offset + done - number * WINDOW);
      int count = Math.min(length - done, window.length - from);
      if (count <= 0) {
        // The pack is too short: let the store say so.
        return store.getRange(FileKind.PACK.key(pack), offset, length);
      }
      System.arraycopy(window, from, part, done, count);
      done += count;
    }
    return part;
  }

  private byte[] window(Window window) {
    FutureTask<byte[]> mine = new FutureTask<>(() -> fetch(window));
    FutureTask<byte[]> task;
    synchronized (windows) {
      FutureTask<byte[]> other = windows.putIfAbsent(window, mine);
      task = other == null ? mine : other;
    }
    if (task == mine) {
      mine.run();
    }
    return result(window, task);
  }

  private byte[] fetch(Window window) {
    String key = FileKind.PACK.key(window.pack);
    long begin = window.number * WINDOW;
    long length = Math.min(WINDOW, size(window.pack, key) - begin);
    return length <= 0 ? new byte[0] : store.getRange(key, begin, (int) length);
  }

  private long size(Id pack, String key) {
    Long known;
    synchronized (sizes) {
      known = sizes.get(pack);
    }
    if (known == null) {
      known = store.size(key).orElseThrow(() -> new ObjectNotFoundException(key, null));
      synchronized (sizes) {
        sizes.put(pack, known);
      }
    }
    return known;
  }

  private byte[] result(Window window, FutureTask<byte[]> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          // The next reader tries again.
          synchronized (windows) {
            windows.remove(window, task);
          }
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
