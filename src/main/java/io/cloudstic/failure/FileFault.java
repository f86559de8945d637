package io.cloudstic.failure;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file system refused, in words: Java's own messages begin with a path, or are one. */
public final class FileFault {
  /** What a missing right is called. */
  public static final String DENIED = "permission denied";

  private FileFault() {}

  /**
   * The reason without the path, which the caller knows. Text of the system or of a library, to be
   * escaped before a terminal sees it.
   */
  public static String reason(Exception e) {
    if (e instanceof UncheckedIOException unchecked) {
      return reason(unchecked.getCause());
    }
    if (e instanceof AccessDeniedException) {
      return DENIED;
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof NotDirectoryException) {
      return "Not a directory";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof DirectoryNotEmptyException) {
      return "something else of this name is in the way";
    }
    String said =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
