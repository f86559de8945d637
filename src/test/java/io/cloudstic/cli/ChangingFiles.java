package io.cloudstic.cli;

import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Somebody who changes a few files at random: small, large, odd, new, other, renamed and gone. */
final class ChangingFiles {
  private static final List<String> NAMES =
      List.of("a", "b.txt", "c d", "quo\"te\\", "tab\tline\n", "[x]*", "-e", "h", "i");

  private final Random random;

  ChangingFiles(Random random) {
    this.random = random;
  }

  /** Changes files of a directory. */
  void change(Path directory) throws IOException {
    for (int i = 0; i < 6; i++) {
      Path file = directory.resolve("d" + random.nextInt(3)).resolve(name());
      Files.createDirectories(file.getParent());
      switch (random.nextInt(8)) {
        case 0, 1 -> Files.deleteIfExists(file);
        case 2, 3 -> {
          Path renamed = directory.resolve("e" + random.nextInt(3)).resolve(name());
          if (Files.exists(file) && !Files.exists(renamed)) {
            Files.createDirectories(renamed.getParent());
            Files.move(file, renamed);
          }
        }
        case 4 -> {
          Path link = file.resolveSibling("link");
          Files.deleteIfExists(link);
          Files.createSymbolicLink(link, Path.of(name()));
        }
        default -> Files.write(file, content());
      }
    }
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** Eight contents in all of each kind, so that some are there twice. */
  private byte[] content() {
    byte[] bytes = new byte[random.nextInt(8) == 0 ? 1_500_000 : random.nextInt(5_000)];
    if (random.nextInt(6) != 0) {
      new Random(random.nextInt(8)).nextBytes(bytes);
    }
    return bytes;
  }

  /** Changes files of a drive. */
  void change(DriveModel drive) {
    for (int i = 0; i < 5; i++) {
      String folder = "/d" + random.nextInt(3);
      String path = folder + "/f" + random.nextInt(5) + ".txt";
      Item into = drive.folder(folder);
      if (drive.find(path).isEmpty() || random.nextInt(3) == 0) {
        drive.put(path, BytesContent.of("text " + random.nextInt(30)));
        continue;
      }
      Item file = drive.at(path);
      String other = "ü" + random.nextInt(9);
      Item elsewhere = drive.folder("/e" + random.nextInt(2));
      switch (random.nextInt(3)) {
        case 0 -> drive.delete(file);
        case 1 -> {
          if (drive.child(into, other).isEmpty()) {
            drive.rename(file, other);
          }
        }
        default -> {
          if (drive.child(elsewhere, file.name()).isEmpty()) {
            drive.move(file, elsewhere);
          }
        }
      }
    }
  }
}
