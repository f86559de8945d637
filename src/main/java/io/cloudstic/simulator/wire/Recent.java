package io.cloudstic.simulator.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the things that were used last, by number; the rest is forgotten. Thread-safe. */
public final class Recent<T> {
  private final Map<Long, T> things;
  private long next;

  /** Remembers so many. */
  public Recent(int capacity) {
    this.things =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Remembers a thing under the returned number. */
  public synchronized long add(T thing) {
    things.put(++next, thing);
    return next;
  }

  /** The thing of this number, unless it was forgotten. */
  public synchronized Optional<T> find(long number) {
    return Optional.ofNullable(things.get(number));
  }

  /** Forgets everything; numbers go on. */
  public synchronized void clear() {
    things.clear();
  }
}
