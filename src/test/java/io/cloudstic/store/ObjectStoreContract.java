package io.cloudstic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises; each kind of store has a subclass. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class ObjectStoreContract {
  private static final long SEED = 20261122L;

  /** The store under test. */
  protected ObjectStore store;

  /** An empty store. */
  protected abstract ObjectStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void what_is_put_is_got_back() {
    byte[] data = random(20_000);

    store.put("data/ab/abcd", data);

    assertThat(store.get("data/ab/abcd")).isEqualTo(data);
    assertThat(store.size("data/ab/abcd")).hasValue(20_000);
  }

  @Test
  void an_object_may_be_empty() {
    store.put("index/empty", new byte[0]);
    store.create("locks/empty", new byte[0]);

    assertThat(store.get("index/empty")).isEmpty();
    assertThat(store.size("index/empty")).hasValue(0);
    assertThat(store.getRange("index/empty", 0, 0)).isEmpty();
    assertThat(keys("")).containsExactlyInAnyOrder("index/empty", "locks/empty");
  }

  @Test
  void an_object_may_be_larger_than_a_pack_is() {
    byte[] data = random(17 * 1024 * 1024 + 1);

    store.put("data/00/large", data);

    assertThat(Arrays.equals(store.get("data/00/large"), data)).as("seed %d", SEED).isTrue();
    assertThat(store.getRange("data/00/large", data.length - 5L, 5))
        .isEqualTo(Arrays.copyOfRange(data, data.length - 5, data.length));
  }

  @Test
  void putting_the_same_again_changes_nothing() {
    store.put("snapshots/s1", bytes("one"));
    store.put("snapshots/s1", bytes("one"));

    assertThat(store.get("snapshots/s1")).isEqualTo(bytes("one"));
    assertThat(keys("")).containsExactly("snapshots/s1");
  }

  @Test
  void the_caller_may_use_its_array_again_after_a_put() {
    byte[] data = bytes("first");
    store.put("index/a", data);
    Arrays.fill(data, (byte) 'x');

    assertThat(store.get("index/a")).isEqualTo(bytes("first"));
  }

  @Test
  void creating_refuses_a_key_that_is_taken_and_leaves_the_object_alone() {
    store.create("config", bytes("first"));

    assertThatExceptionOfType(ObjectExistsException.class)
        .isThrownBy(() -> store.create("config", bytes("second")))
        .withMessageContaining("config");
    assertThat(store.get("config")).isEqualTo(bytes("first"));
  }

  @Test
  void creating_works_again_after_a_deletion() {
    store.create("locks/l", bytes("first"));
    store.delete("locks/l");
    store.create("locks/l", bytes("second"));

    assertThat(store.get("locks/l")).isEqualTo(bytes("second"));
  }

  @Test
  void of_many_creators_at_once_exactly_one_wins() throws Exception {
    int creators = 8;
    for (int round = 0; round < 5; round++) {
      String key = "keys/round-" + round;
      CyclicBarrier start = new CyclicBarrier(creators);
      List<Callable<String>> tries = new ArrayList<>();
      for (int i = 0; i < creators; i++) {
        String mine = "creator " + i;
        tries.add(
            () -> {
              start.await();
              try {
                store.create(key, bytes(mine));
                return mine;
              } catch (ObjectExistsException e) {
                return "lost";
              }
            });
      }
      List<String> winners = new ArrayList<>(runAll(tries));
      winners.removeIf("lost"::equals);

      assertThat(winners).as("winners of %s", key).hasSize(1);
      assertThat(store.get(key)).isEqualTo(bytes(winners.get(0)));
    }
  }

  @Test
  void many_threads_may_put_and_get_at_once() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String key = "data/%02x/object-%d".formatted(i % 5, i);
      byte[] data = bytes("content of " + key);
      work.add(
          () -> {
            store.put(key, data);
            return Arrays.equals(store.get(key), data);
          });
    }

    assertThat(runAll(work)).containsOnly(true);
    assertThat(keys("data/")).hasSize(40);
  }

  @Test
  void a_range_is_exact() {
    store.put("data/aa/pack", bytes("0123456789"));

    assertThat(store.getRange("data/aa/pack", 0, 10)).isEqualTo(bytes("0123456789"));
    assertThat(store.getRange("data/aa/pack", 3, 4)).isEqualTo(bytes("3456"));
    assertThat(store.getRange("data/aa/pack", 9, 1)).isEqualTo(bytes("9"));
    assertThat(store.getRange("data/aa/pack", 4, 0)).isEmpty();
    byte[] target = bytes("----------");
    store.readRange("data/aa/pack", 3, 4, target);
    assertThat(target).isEqualTo(bytes("3456------"));
  }

  @Test
  void a_range_beyond_the_end_is_a_store_problem_and_not_a_short_answer() {
    store.put("data/aa/pack", bytes("0123456789"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.getRange("data/aa/pack", 8, 3));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.getRange("data/aa/pack", 10, 1));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.getRange("data/aa/pack", 1L << 40, 1 << 20));
  }

  @Test
  void what_is_not_there_is_not_found() {
    store.put("data/aa/other", bytes("other"));

    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.get("data/aa/missing"))
        .withMessageContaining("data/aa/missing");
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.getRange("data/bb/missing", 0, 1));
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> store.getRange("data/bb/missing", 5, 0));
    assertThat(store.size("data/aa/missing")).isEmpty();
    assertThat(store.size("data/aa")).isEmpty();
    assertThat(store.size("data")).isEmpty();
  }

  @Test
  void deleting_may_be_repeated() {
    store.put("index/a", bytes("a"));
    store.put("index/b", bytes("b"));

    store.delete("index/a");
    store.delete("index/a");
    store.delete("index/never-was");
    store.delete("locks/never-was");

    assertThat(store.size("index/a")).isEmpty();
    assertThat(keys("index/")).containsExactly("index/b");
  }

  @Test
  void an_empty_store_lists_nothing() {
    assertThat(keys("")).isEmpty();
    assertThat(keys("data/")).isEmpty();
    assertThat(keys("locks/")).isEmpty();
  }

  @Test
  void a_listing_ends_where_its_prefix_does() {
    for (String key : List.of("data/ab/abcd", "data/ac/acde", "index/1", "keys/1", "config")) {
      store.put(key, bytes(key));
    }
    store.put("data2/ab/abcd", bytes("another"));

    assertThat(keys("data/")).containsExactlyInAnyOrder("data/ab/abcd", "data/ac/acde");
    assertThat(keys("data/ab/")).containsExactly("data/ab/abcd");
    assertThat(keys("index/")).containsExactly("index/1");
    assertThat(keys("snapshots/")).isEmpty();
    assertThat(keys(""))
        .containsExactlyInAnyOrder(
            "config", "data/ab/abcd", "data/ac/acde", "data2/ab/abcd", "index/1", "keys/1");
  }

  @Test
  void a_listing_tells_sizes() {
    store.put("index/a", bytes("12345"));
    List<ObjectInfo> found = new ArrayList<>();
    store.list("index/", found::add);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).key()).isEqualTo("index/a");
    assertThat(found.get(0).size()).isEqualTo(5);
  }

  @Test
  void a_listing_tells_when_objects_were_stored_if_it_tells_anything() {
    Instant before = Instant.now();
    store.put("index/a", bytes("12345"));
    Instant after = Instant.now();
    List<ObjectInfo> found = new ArrayList<>();
    store.list("index/", found::add);

    if (tellsTimes()) {
      // S3 rounds to seconds.
      assertThat(found.get(0).modified()).isBetween(before.minusSeconds(2), after.plusSeconds(2));
    } else {
      assertThat(found.get(0).modified()).isNull();
    }
  }

  /** Whether listings of this store say when objects were stored. */
  protected boolean tellsTimes() {
    return true;
  }

  @Test
  void a_listing_of_any_length_is_complete_and_names_each_object_once() throws Exception {
    // More than S3 gives in one answer.
    int count = 1050;
    List<Callable<Void>> puts = new ArrayList<>();
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String key = "data/%02x/%05d".formatted(i % 256, i);
      expected.add(key);
      puts.add(
          () -> {
            store.put(key, bytes(key));
            return null;
          });
    }
    runAll(puts);

    List<String> found = keys("data/");

    assertThat(found).hasSize(count);
    assertThat(new HashSet<>(found)).isEqualTo(expected);
  }

  @Test
  void objects_may_be_deleted_while_they_are_listed() {
    for (int i = 0; i < 20; i++) {
      store.put("locks/" + i, bytes("lock"));
    }

    store.list("locks/", info -> store.delete(info.key()));

    assertThat(keys("locks/")).isEmpty();
  }

  @Test
  void what_the_receiver_of_a_listing_throws_comes_out_unchanged() {
    store.put("index/a", bytes("a"));
    RuntimeException enough = new IllegalStateException("enough");

    assertThatThrownBy(
            () ->
                store.list(
                    "index/",
                    info -> {
                      throw enough;
                    }))
        .isSameAs(enough);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/config",
        "data/",
        "../config",
        "data/../config",
        "data/..",
        "./config",
        "a//b",
        "a\\b",
        "a\nb",
        "C:/x",
        "data/ab/x-tmp-1"
      })
  void a_malformed_key_is_refused(String key) {
    assertThatIllegalArgumentException().isThrownBy(() -> store.put(key, bytes("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> store.create(key, bytes("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> store.get(key));
    assertThatIllegalArgumentException().isThrownBy(() -> store.getRange(key, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> store.size(key));
    assertThatIllegalArgumentException().isThrownBy(() -> store.delete(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "data", "../", "data/../", "/data/", "data//"})
  void a_malformed_prefix_is_refused(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> store.list(prefix, info -> {}));
  }

  @Test
  void a_malformed_range_is_refused() {
    store.put("index/a", bytes("a"));

    assertThatIllegalArgumentException().isThrownBy(() -> store.getRange("index/a", -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> store.getRange("index/a", 0, -1));
  }

  /** The keys under a prefix. */
  protected final List<String> keys(String prefix) {
    List<String> found = new ArrayList<>();
    store.list(prefix, info -> found.add(info.key()));
    return found;
  }

  /** The bytes of a text. */
  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length) {
    byte[] data = new byte[length];
    new Random(SEED).nextBytes(data);
    return data;
  }

  private static <T> List<T> runAll(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(work)) {
        results.add(done.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
