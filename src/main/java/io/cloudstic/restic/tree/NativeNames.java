package io.cloudstic.restic.tree;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of nodes as names of files, byte for byte.
 *
 * <p>A Unix file system holds any bytes, but Java makes a {@link Path} of a string by the character
 * set of the locale: in the locale {@code C} it knows no letter beyond ASCII, and in no locale
 * bytes that are not text. A {@code file:} URI, however, carries bytes to a path and back
 * untouched.
 */
public final class NativeNames {
  private static final HexFormat HEX = HexFormat.of();
  private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");
  private static final String ROOT = "file:///";

  private NativeNames() {}

  /**
   * The file of that name in a directory. Whether the name stays in the directory is for the caller
   * to know: {@link NodeName#isValid} is required, and more on systems with other separators.
   *
   * @throws InvalidPathException when this system cannot express the name
   */
  public static Path resolve(Path directory, NodeName name) {
    if (!BYTES || isAscii(name.raw()) || directory.getFileSystem() != FileSystems.getDefault()) {
      return directory.resolve(name.text());
    }
    return directory.resolve(relative(name.raw()));
  }

  /**
   * A path of raw bytes as a symbolic link has for its target: absolute or relative.
   *
   * @throws InvalidPathException when this system cannot express it
   */
  public static Path target(byte[] bytes) {
    NodeName text = NodeName.owning(bytes);
    return !BYTES || isAscii(bytes) ? Path.of(text.text()) : relative(bytes);
  }

  private static Path relative(byte[] bytes) {
    StringBuilder uri = new StringBuilder(ROOT.length() + 3 * bytes.length).append(ROOT);
    for (byte b : bytes) {
      if (b == '/') {
        uri.append('/');
      } else {
        uri.append('%');
        HEX.toHexDigits(uri, b);
      }
    }
    Path absolute;
    try {
      absolute = Path.of(URI.create(uri.toString()));
    } catch (IllegalArgumentException e) {
      throw new InvalidPathException(NodeName.owning(bytes).terminalSafe(), e.getMessage());
    }
    boolean isAbsolute = bytes[0] == '/';
    return isAbsolute ? absolute : absolute.subpath(0, absolute.getNameCount());
  }

  /** The name of a file, as its directory holds it. */
  public static NodeName of(Path file) {
    String name = file.getFileName().toString();
    if (!BYTES || isAscii(name) || file.getFileSystem() != FileSystems.getDefault()) {
      return NodeName.of(name);
    }
    byte[] path = bytes(file.toUri());
    int end = path.length;
    while (end > 0 && path[end - 1] == '/') {
      end--;
    }
    int begin = end;
    while (begin > 0 && path[begin - 1] != '/') {
      begin--;
    }
    byte[] last = new byte[end - begin];
    System.arraycopy(path, begin, last, 0, last.length);
    return NodeName.owning(last);
  }

  /** The raw bytes of a relative or absolute path, such as the target of a symbolic link. */
  public static byte[] bytesOf(Path path) {
    if (!BYTES || isAscii(path.toString()) || path.getFileSystem() != FileSystems.getDefault()) {
      return NodeName.of(path.toString()).raw();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (path.isAbsolute()) {
      all.write('/');
    }
    for (Path element : path) {
      if (all.size() > 1 || all.size() == 1 && !path.isAbsolute()) {
        all.write('/');
      }
      all.writeBytes(of(Path.of("/").resolve(element)).raw());
    }
    return all.toByteArray();
  }

  private static byte[] bytes(URI uri) {
    String path = uri.getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        bytes.write(HexFormat.fromHexDigits(path, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
