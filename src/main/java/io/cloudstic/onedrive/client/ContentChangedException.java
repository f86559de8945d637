package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.ItemException;

/**
 * The file has changed since its content began to be read, or what came of it was wrong: what has
 * been handed on is worth nothing, and {@link FileContent#open} begins the next round, with newer
 * metadata. Its reason is what the failure would be if nobody did so.
 */
public final class ContentChangedException extends ItemException {
  private static final long serialVersionUID = 1L;

  ContentChangedException(String message) {
    super(Reason.CHANGING, message, null);
  }
}
