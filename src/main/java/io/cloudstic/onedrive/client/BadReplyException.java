package io.cloudstic.onedrive.client;

import java.io.IOException;

/**
 * An answer says success, but its body is not what it should be: not JSON, cut in the middle, a web
 * page. A passing fault.
 */
final class BadReplyException extends IOException {
  private static final long serialVersionUID = 1L;

  BadReplyException(String message) {
    super(message);
  }

  BadReplyException(String message, Throwable cause) {
    super(message, cause);
  }
}
