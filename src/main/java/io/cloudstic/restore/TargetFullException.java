package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** There is no room in the target: going on would fail for every file that is left. */
public class TargetFullException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** Less than this is none: file systems keep some blocks back. */
  private static final long NO_ROOM = 1 << 20;

  private TargetFullException(IOException cause) {
    super(
        ExitCode.FAILED,
        "there is no space left in the target",
        "make room and run the same command again: what is there already is not written again",
        cause);
  }

  static void throwIfFull(Path directory, IOException e) {
    long usable;
    try {
      usable = Files.getFileStore(directory).getUsableSpace();
    } catch (IOException unknown) {
      return;
    }
    if (usable < NO_ROOM) {
      throw new TargetFullException(e);
    }
  }
}
