package io.cloudstic.restic.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.tree.NodePath;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("restic's path patterns")
class PathPatternsTest {
  private static PathPatterns patterns(String list) {
    return PathPatterns.of(Arrays.asList(list.split(" ")));
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @DisplayName("match a path, or what is above it")
  @CsvSource(
      delimiter = '|',
      value = {
        // Cases of restic's documentation, "Backing up", section "Excluding files", and their kin.
        "*.go              | /home/me/x.go           | true",
        "*.go              | /home/me/x.go/below     | true",
        "*.go              | /home/me/x.goo          | false",
        "foo/bar           | /a/foo/bar              | true",
        "foo/bar           | /a/foo/bar/c            | true",
        "foo/bar           | /a/foo/x/bar            | false",
        "/foo/bar          | /foo/bar/c              | true",
        "/foo/bar          | /a/foo/bar              | false",
        "/foo/             | /foo                    | true",
        "/foo//./bar/../c  | /foo/c                  | true",
        "foo/**/bar        | /foo/bar                | true",
        "foo/**/bar        | /x/foo/a/b/bar/c        | true",
        "/foo/**/bar       | /x/foo/a/bar            | false",
        "foo/**            | /foo/a                  | true",
        "foo/**            | /x                      | false",
        "**                | /x                      | true",
        "/                 | /x                      | true",
        "*                 | /x/y                    | true",
        "/*/y              | /x/y                    | true",
        "/*/y              | /x/z/y                  | false",
        "?.txt             | /ü.txt                  | true",
        "?.txt             | /ab.txt                 | false",
        "[a-c]x            | /bx                     | true",
        "[^a-c]x           | /bx                     | false",
        "[^a-c]x           | /dx                     | true",
        "[x\\]y]           | /]                      | true",
        "\\*.txt           | /*.txt                  | true",
        "\\*.txt           | /a.txt                  | false",
        "a*b*c             | /aXbYbZc                | true",
        "a*b*c             | /aXbYbZ                 | false",
        "*.jpg !keep.jpg   | /keep.jpg               | false",
        "!keep.jpg *.jpg   | /keep.jpg               | true",
      })
  void match(String list, String path, boolean expected) {
    assertThat(patterns(list).matches(NodePath.parse(path))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} below {1}: {2}")
  @DisplayName("tell whether anything below a path may match")
  @CsvSource({
    "/foo/bar/*.txt, /foo,       true",
    "/foo/bar/*.txt, /foo/bar,   true",
    "/foo/bar/*.txt, /foo/baz,   false",
    "/foo/**/x,      /foo/a/b,   true",
    "/foo/**/x,      /bar,       false",
    "x,              /any/where, true"
  })
  void below(String pattern, String path, boolean expected) {
    assertThat(patterns(pattern).mayMatchBelow(NodePath.parse(path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("are refused when malformed, as Go refuses them")
  @ValueSource(strings = {"[a", "[]a]", "[-a]", "[a-]", "a\\", "[^", "["})
  void malformed(String pattern) {
    assertThatThrownBy(() -> PathPatterns.of(List.of(pattern)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("malformed");
  }

  @Test
  @DisplayName("take no time for many stars")
  void stars() {
    assertThat(patterns("*a".repeat(40) + "b").matches(NodePath.parse("/" + "a".repeat(250))))
        .isFalse();
  }
}
