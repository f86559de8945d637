package io.cloudstic.backup;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import java.util.List;
import java.util.stream.Collectors;

/** The drive that the user means: the account's own, or one by its id or its name. */
final class DriveChoice {
  private DriveChoice() {}

  /**
   * The drive.
   *
   * @param wanted an id, a name, or null for the account's own
   * @throws UsageException when no drive, or more than one, is called so: it names the candidates
   */
  static Drive of(Graph graph, String wanted) {
    if (wanted == null) {
      return graph.drive();
    }
    List<Drive> drives = graph.drives();
    List<Drive> fitting =
        drives.stream()
            .filter(drive -> drive.id().equalsIgnoreCase(wanted) || wanted.equals(drive.name()))
            .toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (fitting.isEmpty()) {
      try {
        // Drives of others are in no list, but may be named by their id.
        return graph.drive(wanted);
      } catch (GraphException e) {
        if (e.status() != 400 && e.status() != 404) {
          throw e;
        }
        throw new UsageException(
            "there is no drive called " + wanted, "your drives: " + names(drives), e);
      }
    }
    throw new UsageException(
        "several drives are called " + wanted, "name one by its id: " + names(fitting));
  }

  private static String names(List<Drive> drives) {
    return drives.stream()
        .map(drive -> drive.name() + " (" + drive.id() + ")")
        .collect(Collectors.joining(", "));
  }
}
