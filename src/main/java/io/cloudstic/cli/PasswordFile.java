package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password in a file: without a byte order mark and without the white space around it, as restic
 * reads it.
 */
final class PasswordFile {
  private PasswordFile() {}

  /**
   * The password in the file.
   *
   * @param origin who named the file, for messages
   * @throws UsageException when it cannot be read or is empty
   */
  static char[] read(Path file, String origin) {
    try {
      return notEmpty(decode(Files.readAllBytes(file)).strip(), origin);
    } catch (IOException e) {
      throw new UsageException(
          origin + ": cannot read the password file " + file, "check its path and mode", e);
    }
  }

  static char[] notEmpty(String password, String origin) {
    if (password.isEmpty()) {
      throw new UsageException(origin + ": the password is empty", "give one that is not");
    }
    return password.toCharArray();
  }

  /** Text of a file that may begin with a UTF-8 or UTF-16 byte order mark. */
  static String decode(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    int skip = 0;
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      skip = 3;
    } else if (startsWith(bytes, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    } else if (startsWith(bytes, 0xff, 0xfe)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    }
    return charset.decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip)).toString();
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
