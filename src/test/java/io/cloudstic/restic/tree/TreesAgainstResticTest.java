package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * restic itself makes the trees; each must come out of decoding and encoding unchanged. Left out is
 * a link target that is not UTF-8: restic before 0.16 wrote it with a loss that it cannot read back
 * either.
 */
@EnabledOnOs(OS.LINUX)
class TreesAgainstResticTest {
  @TempDir Path dir;

  private byte[] restic(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-q"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    ResticProgram.ignoreUser(builder.environment());
    builder.environment().put("RESTIC_PASSWORD", "tree");
    builder.environment().put("RESTIC_REPOSITORY", dir.resolve("repo").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      out.transferTo(bytes);
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return bytes.toByteArray();
    }
  }

  private void makeOddDirectory(Path source) throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed of the odd names: " + seed);
    Random random = new Random(seed);
    Files.createDirectories(source);
    for (int b = 1; b < 256; b++) {
      if (b != '/' && b != '.') {
        file(source, random, new byte[] {(byte) b});
        file(source, random, new byte[] {'x', (byte) b, 'y'});
      }
    }
    for (int i = 0; i < 300; i++) {
      String name =
          random
              .ints(1, 0x11_0000)
              .map(c -> c >= 0x3000 && random.nextInt(3) > 0 ? c % 0x3000 : c)
              .filter(c -> c > 0 && c != '/' && isLongKnown(c))
              .limit(1 + random.nextInt(12))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      file(source, random, NodeName.of("r" + name).toBytes());
    }
    for (int i = 0; i < 100; i++) {
      byte[] name = new byte[1 + random.nextInt(20)];
      random.nextBytes(name);
      for (int j = 0; j < name.length; j++) {
        name[j] = name[j] == 0 || name[j] == '/' ? (byte) 0xe2 : name[j];
      }
      file(source, random, name);
    }
    Path sub = Files.createDirectory(source.resolve("a <dir> & \"more\""));
    Files.createSymbolicLink(
        sub.resolve("link"), NativeNames.target("zü<>\u2028".getBytes(StandardCharsets.UTF_8)));
    Files.createLink(sub.resolve("two"), Files.write(sub.resolve("one"), new byte[70_000]));
    Files.setPosixFilePermissions(sub.resolve("one"), PosixFilePermissions.fromString("rwx-w-r-x"));
    Files.setAttribute(Files.createFile(sub.resolve("suid")), "unix:mode", 06711);
    Files.createDirectory(sub.resolve("empty"));
  }

  /** What Unicode 13, which Debian's restic knows, and 15 have alike. */
  private static boolean isLongKnown(int c) {
    // Java 17 and 18 know Unicode 13. Of what later ones know, these have not grown since.
    boolean unchanged =
        c < 0x0600
            || c >= 0x0900 && c < 0x0C00
            || c >= 0x2000 && c < 0x20A0
            || c >= 0x2190 && c < 0x2400
            || c >= 0xAC00 && c < 0xFB00
            || c >= 0x1F600 && c < 0x1F650
            || c >= 0xF0000;
    return Character.getType(c) != Character.UNASSIGNED
        && (unchanged || Runtime.version().feature() < 19);
  }

  private void file(Path source, Random random, byte[] name) throws IOException {
    Path file = NativeNames.resolve(source, NodeName.of(name));
    Files.write(file, new byte[random.nextInt(3)]);
    Instant time =
        Instant.ofEpochSecond(
            random.nextInt(), random.nextInt(1000) * (random.nextBoolean() ? 1_000_000L : 1L));
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Test
  void every_tree_that_restic_writes_is_encoded_to_the_same_bytes() throws Exception {
    makeOddDirectory(dir.resolve("source"));
    EmptyRepository.make(dir.resolve("repo"), "tree", 2);
    restic("backup", "source", "--with-atime");
    JsonNode snapshot = new ObjectMapper().readTree(restic("snapshots", "--json", "latest")).get(0);
    Deque<Id> trees = new ArrayDeque<>(List.of(Id.parse(snapshot.get("tree").textValue())));
    int nodes = 0;
    while (!trees.isEmpty()) {
      Id id = trees.pop();
      byte[] blob = restic("cat", "blob", id.hex());
      Tree tree = TreeDecoder.decode(blob);
      nodes += tree.nodes().size();
      assertThat(tree.unknownFields()).isEmpty();
      assertThat(new String(TreeEncoder.encode(tree.nodes()), StandardCharsets.UTF_8))
          .isEqualTo(new String(blob, StandardCharsets.UTF_8));
      assertThat(Id.hash(TreeEncoder.encode(tree.nodes()))).isEqualTo(id);
      tree.nodes().stream().map(Node::subtree).filter(s -> s != null).forEach(trees::push);
    }
    assertThat(nodes).isGreaterThan(700);
  }
}
