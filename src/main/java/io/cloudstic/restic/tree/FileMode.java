package io.cloudstic.restic.tree;

/**
 * The mode of a node: the bits of Go's {@code io/fs.FileMode}, an unsigned 32-bit number, which is
 * not the {@code st_mode} of Unix. The low nine bits (rwxrwxrwx) are the same in both.
 */
public final class FileMode {
  /** A directory. */
  public static final long DIR = 1L << 31;

  /** A symbolic link. */
  public static final long SYMLINK = 1L << 27;

  /** A device; a block device unless {@link #CHAR_DEVICE} is set too. */
  public static final long DEVICE = 1L << 26;

  /** A named pipe. */
  public static final long NAMED_PIPE = 1L << 25;

  /** A socket. */
  public static final long SOCKET = 1L << 24;

  /** Set user id on execution. */
  public static final long SETUID = 1L << 23;

  /** Set group id on execution. */
  public static final long SETGID = 1L << 22;

  /** A character device, together with {@link #DEVICE}. */
  public static final long CHAR_DEVICE = 1L << 21;

  /** The sticky bit. */
  public static final long STICKY = 1L << 20;

  /** A non-regular file of which nothing else is known. */
  public static final long IRREGULAR = 1L << 19;

  /** The permissions rwxrwxrwx. */
  public static final long PERMISSIONS = 0777;

  /** One for each bit from 31 downwards, as in Go's io/fs. */
  private static final String GO_LETTERS = "dalTLDpSugct?";

  private static final int S_IFMT = 0170000;
  private static final int S_IFSOCK = 0140000;
  private static final int S_IFLNK = 0120000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFBLK = 0060000;
  private static final int S_IFDIR = 0040000;
  private static final int S_IFCHR = 0020000;
  private static final int S_IFIFO = 0010000;
  private static final int S_ISUID = 0004000;
  private static final int S_ISGID = 0002000;
  private static final int S_ISVTX = 0001000;

  private FileMode() {}

  /** The mode of a Unix {@code st_mode}; an unknown file type is taken as irregular. */
  public static long fromUnix(int stMode) {
    long mode = stMode & PERMISSIONS;
    mode |=
        switch (stMode & S_IFMT) {
          case S_IFREG -> 0;
          case S_IFDIR -> DIR;
          case S_IFLNK -> SYMLINK;
          case S_IFBLK -> DEVICE;
          case S_IFCHR -> DEVICE | CHAR_DEVICE;
          case S_IFIFO -> NAMED_PIPE;
          case S_IFSOCK -> SOCKET;
          default -> IRREGULAR;
        };
    mode |= (stMode & S_ISUID) != 0 ? SETUID : 0;
    mode |= (stMode & S_ISGID) != 0 ? SETGID : 0;
    mode |= (stMode & S_ISVTX) != 0 ? STICKY : 0;
    return mode;
  }

  /** The Unix {@code st_mode} of a mode, file type included. */
  public static int toUnix(long mode) {
    return fileType(mode) | unixPermissions(mode);
  }

  /** The twelve bits that {@code chmod} sets: permissions, setuid, setgid, sticky. */
  public static int unixPermissions(long mode) {
    int unix = (int) (mode & PERMISSIONS);
    unix |= (mode & SETUID) != 0 ? S_ISUID : 0;
    unix |= (mode & SETGID) != 0 ? S_ISGID : 0;
    unix |= (mode & STICKY) != 0 ? S_ISVTX : 0;
    return unix;
  }

  private static int fileType(long mode) {
    if ((mode & DIR) != 0) {
      return S_IFDIR;
    } else if ((mode & SYMLINK) != 0) {
      return S_IFLNK;
    } else if ((mode & DEVICE) != 0) {
      return (mode & CHAR_DEVICE) != 0 ? S_IFCHR : S_IFBLK;
    } else if ((mode & NAMED_PIPE) != 0) {
      return S_IFIFO;
    } else if ((mode & SOCKET) != 0) {
      return S_IFSOCK;
    }
    return S_IFREG;
  }

  /**
   * As {@code ls -l} shows it: ten characters, such as {@code drwxr-xr-x} or {@code -rwsr-xr-x}.
   */
  public static String text(long mode) {
    StringBuilder text = new StringBuilder(10);
    text.append(
        switch (fileType(mode)) {
          case S_IFDIR -> 'd';
          case S_IFLNK -> 'l';
          case S_IFBLK -> 'b';
          case S_IFCHR -> 'c';
          case S_IFIFO -> 'p';
          case S_IFSOCK -> 's';
          default -> '-';
        });
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & 1L << bit) != 0 ? "xwr".charAt(bit % 3) : '-');
    }
    special(text, 3, mode & SETUID, 's');
    special(text, 6, mode & SETGID, 's');
    special(text, 9, mode & STICKY, 't');
    return text.toString();
  }

  /**
   * As Go's {@code fs.FileMode.String} and so restic's JSON shows it, such as {@code drwxr-xr-x} or
   * {@code dtrwxrwxrwx}.
   */
  public static String goText(long mode) {
    StringBuilder text = new StringBuilder(13);
    for (int i = 0; i < GO_LETTERS.length(); i++) {
      if ((mode & 1L << 31 - i) != 0) {
        text.append(GO_LETTERS.charAt(i));
      }
    }
    if (text.isEmpty()) {
      text.append('-');
    }
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & 1L << bit) != 0 ? "xwr".charAt(bit % 3) : '-');
    }
    return text.toString();
  }

  private static void special(StringBuilder text, int at, long bit, char mark) {
    if (bit != 0) {
      text.setCharAt(at, text.charAt(at) == 'x' ? mark : Character.toUpperCase(mark));
    }
  }
}
