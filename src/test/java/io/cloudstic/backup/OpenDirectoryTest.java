package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.Tree;
import io.cloudstic.restic.tree.TreeDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A directory whose children are on their way")
class OpenDirectoryTest {
  private final Map<Id, byte[]> saved = new ConcurrentHashMap<>();
  private final AtomicReference<Id> root = new AtomicReference<>();
  private final OpenDirectory top = OpenDirectory.root(this::save, root::set);

  @Test
  @DisplayName("is saved when it is listed and the last child has come, not before")
  void is_saved_with_the_last_child() {
    top.expect();
    top.listed();
    assertThat(root.get()).isNull();
    top.add(file("a"));
    assertThat(tree(root.get()).nodes()).hasSize(1);
  }

  @Test
  @DisplayName("is saved without a child that does not come")
  void is_saved_without_a_dropped_child() {
    top.expect();
    top.expect();
    top.add(file("a"));
    top.listed();
    top.drop();
    assertThat(tree(root.get()).nodes())
        .extracting(node -> node.name().text())
        .containsExactly("a");
  }

  @Test
  @DisplayName("makes the directory above wait for it")
  void makes_the_directory_above_wait() {
    OpenDirectory below = top.directory(tree -> directory("sub", tree));
    top.listed();
    assertThat(root.get()).isNull();
    below.listed();
    Node node = tree(root.get()).nodes().get(0);
    assertThat(node.name().text()).isEqualTo("sub");
    assertThat(tree(node.subtree()).nodes()).isEmpty();
  }

  @Test
  @DisplayName("does not care for the order or the threads in which children come")
  void does_not_care_for_order() throws InterruptedException {
    long seed = new Random().nextLong();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      names.add("file" + i);
      top.expect();
    }
    Collections.shuffle(names, new Random(seed));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int part = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = part; i < names.size(); i += 4) {
                  top.add(file(names.get(i)));
                }
              });
      threads.add(thread);
      thread.start();
    }
    top.listed();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(tree(root.get()).nodes())
        .as("seed %d", seed)
        .extracting(node -> node.name().text())
        .isSorted()
        .hasSize(500);
  }

  private Id save(byte[] tree) {
    Id id = Id.hash(tree);
    assertThat(saved.put(id, tree)).as("saved once").isNull();
    return id;
  }

  private Tree tree(Id id) {
    return TreeDecoder.decode(saved.get(id));
  }

  private static Node file(String name) {
    return Node.file(NodeName.of(name), List.of()).mode(0644).times(Instant.EPOCH).build();
  }

  private static Node directory(String name, Id tree) {
    return Node.directory(NodeName.of(name), tree).mode(0755).times(Instant.EPOCH).build();
  }
}
