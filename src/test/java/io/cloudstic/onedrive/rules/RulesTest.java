package io.cloudstic.onedrive.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rules")
class RulesTest {
  @TempDir Path folder;

  @Test
  @DisplayName("exclude what git ignores, over random patterns and trees")
  void agreeWithGit() throws Exception {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    run("git", "init", "-q", ".");
    for (int round = 0; round < 300; round++) {
      List<String> patterns = new ArrayList<>();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        patterns.add(pattern(random));
      }
      agree(patterns, tree(random), "seed " + seed + " round " + round);
    }
  }

  @Test
  @DisplayName("know escapes, blanks, comments and byte order marks as git does")
  void agreeOnOddPatterns() throws Exception {
    run("git", "init", "-q", ".");
    Set<String> paths =
        new TreeSet<>(
            List.of(
                "#hash",
                "!bang",
                "trail ",
                "trail",
                "a b/c d",
                "star*",
                "star",
                "A/x",
                "a/x",
                "q?",
                "qq",
                "[x]",
                "x",
                "deep/er/and/deeper/file.tmp",
                "deep/file.tmp",
                "b\\s",
                "bs",
                "back.bak",
                "a/keep.bak",
                "foo/bar/baz",
                "foo/baz",
                "é.txt",
                "日本/語"));
    String[][] cases = {
      {"\\#hash"},
      {"\\!bang"},
      {"#hash"},
      {"trail\\ "},
      {"trail   "},
      {"a b/"},
      {"star\\*"},
      {"a/x"},
      {"/A"},
      {"q\\?"},
      {"\\[x\\]"},
      {"[[]x]"},
      {"**/file.tmp"},
      {"deep/**"},
      {"deep/**/file.tmp"},
      {"*.bak", "!keep.bak"},
      {"a/", "!a/keep.bak"},
      {"/*", "!/foo", "/foo/*", "!/foo/bar"},
      {"foo/**/baz"},
      {"é.*"},
      {"日本/*"},
      {"b\\\\s"},
      {"/"},
      {""},
      {"   "},
      {"[a-c]*"},
      {"[!a-z]*"},
      {"*/x"},
      {"foo/bar/"},
      {"**"},
      {"*"},
      {"*", "!*/", "!*.tmp"},
      {"deep/er/**/"},
    };
    for (String[] patterns : cases) {
      agree(List.of(patterns), paths, String.join(" | ", patterns));
    }
  }

  @Test
  @DisplayName("read a pattern file line by line, with either line end")
  void readFiles() {
    byte[] text = "\uFEFF*.tmp\r\n# c\n\n!x ".getBytes(StandardCharsets.UTF_8);
    assertThat(PatternFile.lines(text, "f"))
        .containsExactly(
            new PatternLine("*.tmp", "f", 1),
            new PatternLine("# c", "f", 2),
            new PatternLine("", "f", 3),
            new PatternLine("!x ", "f", 4));
  }

  @Test
  @DisplayName("refuse what cannot be read, with file and line, and git ignores nothing by it")
  void unreadable() throws Exception {
    run("git", "init", "-q", ".");
    for (String text : List.of("a[b", "[", "[]", "[!]", "x/[[:none:]]", "[a\\]", "end\\", "!a[")) {
      List<PatternLine> lines =
          List.of(new PatternLine("fine", "some/file", 1), new PatternLine(text, "some/file", 2));
      assertThatThrownBy(() -> Rules.ofLines("", lines))
          .as(text)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("some/file:2")
          .hasMessageContaining(text);
      Files.writeString(folder.resolve(".git/info/exclude"), text + "\n");
      assertThat(gitIgnores(Set.of("a", "b", "ab", "a[b", "[", "x/[[:none:]]", "end\\", "end")))
          .as(text)
          .isEmpty();
    }
    byte[] latin1 = "ok\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> PatternFile.lines(latin1, "f"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("f:2");
  }

  @Test
  @DisplayName("say which line decides")
  void deciding() {
    Rules rules =
        Rules.ofLines(
            "", List.of(new PatternLine("*.tmp", "f", 1), new PatternLine("!keep.tmp", null, 0)));
    assertThat(rules.deciding("a/x.tmp", false).orElseThrow())
        .isEqualTo(new Rules.Decision(new PatternLine("*.tmp", "f", 1), true));
    assertThat(rules.deciding("a/keep.tmp", false).orElseThrow().excludes()).isFalse();
    assertThat(rules.deciding("a/x.txt", false)).isEmpty();
  }

  @Test
  @DisplayName("have another fingerprint when scope, patterns or their order differ")
  void fingerprint() {
    Set<String> seen = new HashSet<>();
    seen.add(Rules.everything().fingerprint());
    seen.add(Rules.of("/a", List.of()).fingerprint());
    seen.add(Rules.of("", List.of("a")).fingerprint());
    seen.add(Rules.of("", List.of("a", "b")).fingerprint());
    seen.add(Rules.of("", List.of("b", "a")).fingerprint());
    assertThat(seen).hasSize(5);
    assertThat(Rules.of("a/b/", List.of()).fingerprint())
        .isEqualTo(Rules.of("/a//b", List.of()).fingerprint());
  }

  private void agree(List<String> patterns, Set<String> files, String what) throws Exception {
    Files.writeString(folder.resolve(".git/info/exclude"), String.join("\n", patterns) + "\n");
    Rules rules = Rules.of("", patterns);
    Set<String> expected = gitIgnores(files);
    Set<String> actual = new TreeSet<>();
    for (String file : files) {
      if (excluded(rules, file)) {
        actual.add(file);
      }
    }
    assertThat(actual).as("%s: patterns %s", what, patterns).isEqualTo(expected);
  }

  private static boolean excluded(Rules rules, String file) {
    for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
      if (rules.excludes(file.substring(0, slash), true)) {
        return true;
      }
    }
    return rules.excludes(file, false);
  }

  private Set<String> gitIgnores(Set<String> files) throws Exception {
    Process git =
        inFolder("git", "check-ignore", "--no-index", "--stdin", "-z")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = git.getOutputStream()) {
      in.write((String.join("\0", files) + "\0").getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).isIn(0, 1);
    Set<String> ignored = new TreeSet<>();
    for (String path : out.split("\0")) {
      if (!path.isEmpty()) {
        ignored.add(path);
      }
    }
    return ignored;
  }

  /** Git as nobody has set it up: with no other patterns than ours, and no other repository. */
  private ProcessBuilder inFolder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    return builder;
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = inFolder(command).inheritIO().start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Set<String> tree(Random random) {
    Set<String> files = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      StringBuilder path = new StringBuilder(name(random));
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        path.append('/').append(name(random));
      }
      files.add(path.toString());
    }
    // A path cannot be a file and a folder.
    files.removeIf(file -> files.stream().anyMatch(other -> other.startsWith(file + "/")));
    return files;
  }

  private static String name(Random random) {
    String[] names = {
      "a", "b", "ab", "abc", "a.txt", "b.txt", "A", "foo", "foo.bak", "x y", "-z", "é", "*", "[",
      "]", "a ", " a", "\\", "1", "#a", "!b", "{a}", "^"
    };
    return names[random.nextInt(names.length)];
  }

  private static String pattern(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(4) == 0) {
      text.append('!');
    }
    if (random.nextInt(4) == 0) {
      text.append('/');
    }
    String[] parts = {
      "a",
      "b",
      "ab*",
      "*.txt",
      "*",
      "**",
      "?",
      "a?c",
      "[ab]",
      "[!a]",
      "foo",
      "f*o",
      "foo.bak",
      "*.bak",
      "x y",
      "[a-c]*",
      "*b",
      "A",
      "-z",
      "é",
      "?é",
      "[é]",
      "[\\a]",
      "[]a]",
      "[!]a]",
      "[[:alpha:]]",
      "[[:digit:]b]*",
      "\\*",
      "\\[",
      "***",
      "a**",
      "**b",
      "[A-B]",
      "[a-]",
      "{a}",
      "[\\]]",
      "\\a",
      "a\\ ",
      "a ",
      "[--0]",
      "#",
      "\\#",
      "\\!",
      "[^b]",
      "[a\\-c]",
      "^",
      "/"
    };
    text.append(parts[random.nextInt(parts.length)]);
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      text.append('/').append(parts[random.nextInt(parts.length)]);
    }
    if (random.nextInt(4) == 0) {
      text.append('/');
    }
    return text.toString();
  }
}
