package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class NativeNamesTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"61", "c3bc", "ff", "61fe2562", "eda080", "0a", "f09f9880", "e0", "2520"})
  void makes_and_reads_names_of_any_bytes_in_any_locale(String hex) throws Exception {
    NodeName name = NodeName.of(HexFormat.of().parseHex(hex));
    Files.createDirectory(NativeNames.resolve(dir, name));
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(NativeNames::of)).containsExactly(name);
    }
    Path inside = NativeNames.resolve(NativeNames.resolve(dir, name), name);
    Files.write(inside, new byte[3]);
    assertThat(NativeNames.of(inside)).isEqualTo(name);
  }

  @Test
  void makes_and_reads_link_targets_of_any_bytes() throws Exception {
    for (String target : new String[] {"a/b", "/x/ü/y", "ü", "../é/f", "/"}) {
      byte[] raw = target.getBytes(StandardCharsets.UTF_8);
      Path link = dir.resolve("link");
      Files.createSymbolicLink(link, NativeNames.target(raw));
      assertThat(NativeNames.bytesOf(Files.readSymbolicLink(link))).as(target).isEqualTo(raw);
      Files.delete(link);
    }
  }
}
