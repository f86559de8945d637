package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.Selection.Choice;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A selection")
class SelectionTest {
  private static Choice file(Selection selection, String path) {
    return selection.choose(NodePath.parse(path), false);
  }

  private static Choice directory(Selection selection, String path) {
    return selection.choose(NodePath.parse(path), true);
  }

  @Test
  @DisplayName("takes everything when nothing is said")
  void everything() {
    assertThat(file(Selection.everything(), "a/b")).isEqualTo(Choice.TAKE);
    assertThat(file(Selection.of(List.of("/"), List.of(), List.of(" ")), "a"))
        .isEqualTo(Choice.TAKE);
  }

  @Test
  @DisplayName("takes what is at or below a path, and passes through what is above")
  void paths() {
    Selection selection = Selection.of(List.of("/Documents/Tax 2024/"), List.of(), List.of());
    assertThat(directory(selection, "Documents")).isEqualTo(Choice.BELOW);
    assertThat(directory(selection, "Documents/Tax 2024")).isEqualTo(Choice.TAKE);
    assertThat(file(selection, "Documents/Tax 2024/a.pdf")).isEqualTo(Choice.TAKE);
    assertThat(directory(selection, "Documents/Tax 2024b")).isEqualTo(Choice.NONE);
    assertThat(file(selection, "Documents/other")).isEqualTo(Choice.NONE);
  }

  @Test
  @DisplayName("includes and excludes by restic's rules, exclusion winning")
  void patterns() {
    Selection selection =
        Selection.of(List.of(), List.of("*.pdf", "/Photos/"), List.of("draft*", "!draft-ok.pdf"));
    assertThat(file(selection, "x/a.pdf")).isEqualTo(Choice.TAKE);
    assertThat(file(selection, "x/a.txt")).isEqualTo(Choice.NONE);
    assertThat(directory(selection, "x")).isEqualTo(Choice.BELOW);
    assertThat(directory(selection, "Photos")).isEqualTo(Choice.TAKE);
    assertThat(file(selection, "Photos/a.jpg")).as("below an included one").isEqualTo(Choice.TAKE);
    assertThat(file(selection, "x/Photos/a.jpg")).isEqualTo(Choice.NONE);
    assertThat(file(selection, "draft.pdf")).isEqualTo(Choice.NONE);
    assertThat(file(selection, "draft-ok.pdf")).isEqualTo(Choice.TAKE);
    assertThat(directory(selection, "drafts")).isEqualTo(Choice.NONE);
  }
}
