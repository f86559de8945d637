package io.cloudstic.onedrive.catalogue;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/** The catalogue, a cache, cannot be read or written: the disk is full, or it got damaged. */
public class CatalogueException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  CatalogueException(String message, Throwable cause) {
    super(
        ExitCode.FAILED,
        message,
        "free some disk space or name another place with -cache-dir, and run again; the cache is"
            + " rebuilt where it is damaged",
        cause);
  }
}
