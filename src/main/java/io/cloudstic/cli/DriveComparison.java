package io.cloudstic.cli;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A simulated drive held against a restored directory: names both ways, every byte, and the times
 * of the files.
 *
 * @param files how many files are equal
 * @param folders how many folders are equal
 * @param bytes of the files
 * @param differences for people; empty when all is well
 */
record DriveComparison(int files, int folders, long bytes, List<String> differences) {

  static DriveComparison of(DriveModel drive, Path restored) throws IOException {
    List<String> differences = new ArrayList<>();
    Set<Path> expected = new HashSet<>();
    int[] counts = {0, 0};
    long[] bytes = {0};
    drive.walk(
        (path, item) -> {
          Path there = restored.resolve(path.substring(1));
          if (item.isFolder()) {
            expected.add(there);
            counts[1]++;
            if (!Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS)) {
              differences.add(path + " is missing");
            }
          } else if (item.isFile()) {
            expected.add(there);
            counts[0]++;
            bytes[0] += item.size();
            compare(path, item, there, differences);
          }
        });
    try (var found = Files.walk(restored)) {
      found
          .filter(path -> !path.equals(restored) && !expected.contains(path))
          .forEach(path -> differences.add(path + " is not in the drive"));
    }
    return new DriveComparison(counts[0], counts[1], bytes[0], differences);
  }

  private static void compare(String path, Item item, Path there, List<String> differences) {
    try {
      if (!Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)) {
        differences.add(path + " is missing");
      } else if (!hasContent(there, item)) {
        differences.add(path + " has other content");
      } else if (!Files.getLastModifiedTime(there).toInstant().equals(item.clientModified())) {
        differences.add(path + " has another modification time");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasContent(Path there, Item item) throws IOException {
    try (InputStream one = Files.newInputStream(there);
        InputStream other = item.content().open(0)) {
      while (true) {
        byte[] left = one.readNBytes(1 << 16);
        byte[] right = other.readNBytes(1 << 16);
        if (!java.util.Arrays.equals(left, right)) {
          return false;
        }
        if (left.length == 0) {
          return true;
        }
      }
    }
  }
}
