package io.cloudstic.cli;

import io.cloudstic.run.Stop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads the classes that commands need, so that the launcher can archive them for later starts: it
 * runs the demo and a few short commands, unseen. Not a command.
 */
public final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("cloudstic-training-");
    try {
      Shutdown.install(new Stop(), () -> false);
      run("help");
      run("version", "-json");
      run("demo", directory.resolve("demo").toString());
    } finally {
      delete(directory);
    }
    System.exit(0);
  }

  private static void run(String... args) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Cloudstic.run(
        args,
        nowhere,
        nowhere,
        new ByteArrayInputStream(new byte[0]),
        Map.of("HOME", System.getProperty("user.home")),
        new Stop());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
