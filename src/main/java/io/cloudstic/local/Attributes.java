package io.cloudstic.local;

import io.cloudstic.restic.tree.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the metadata of items. The names of owners are asked for once each, since the platform
 * reads the user database anew for every file.
 */
final class Attributes {
  /** The one system call's worth; owner and group would each cost a database look-up more. */
  private static final String STAT =
      "unix:mode,lastModifiedTime,ctime,uid,gid,ino,dev,nlink,size,rdev";

  private final Map<Integer, String> users = new HashMap<>();
  private final Map<Integer, String> groups = new HashMap<>();
  private final Set<Long> devicesWithoutXattrs = new HashSet<>();

  LocalItem of(Path path, LocalVisitor visitor) throws IOException {
    return of(path, RawPath.name(path), visitor);
  }

  LocalItem of(Path path, byte[] name, LocalVisitor visitor) throws IOException {
    Map<String, Object> stat = Files.readAttributes(path, STAT, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) stat.get("mode");
    NodeType type = typeOf(mode);
    int uid = (Integer) stat.get("uid");
    int gid = (Integer) stat.get("gid");
    long dev = (Long) stat.get("dev");
    return new LocalItem(
        path,
        name,
        type,
        mode,
        ((FileTime) stat.get("lastModifiedTime")).toInstant(),
        ((FileTime) stat.get("ctime")).toInstant(),
        uid,
        gid,
        nameOf(uid, users, path, "unix:owner"),
        nameOf(gid, groups, path, "unix:group"),
        (Long) stat.get("ino"),
        dev,
        (Integer) stat.get("nlink"),
        type == NodeType.FILE ? (Long) stat.get("size") : 0,
        type == NodeType.DEV || type == NodeType.CHARDEV ? (Long) stat.get("rdev") : 0,
        type == NodeType.SYMLINK ? RawPath.whole(Files.readSymbolicLink(path)) : new byte[0],
        type == NodeType.FILE || type == NodeType.DIR ? xattrs(path, dev, visitor) : List.of());
  }

  /** The type bits of st_mode (POSIX sys/stat.h). */
  private static NodeType typeOf(int mode) throws IOException {
    return switch (mode & 0170000) {
      case 0100000 -> NodeType.FILE;
      case 0040000 -> NodeType.DIR;
      case 0120000 -> NodeType.SYMLINK;
      case 0060000 -> NodeType.DEV;
      case 0020000 -> NodeType.CHARDEV;
      case 0010000 -> NodeType.FIFO;
      case 0140000 -> NodeType.SOCKET;
      default -> throw new IOException("unknown file type, mode " + Integer.toOctalString(mode));
    };
  }

  /** The platform gives the number as text where the database has no name. */
  private static String nameOf(int number, Map<Integer, String> known, Path path, String attribute)
      throws IOException {
    String name = known.get(number);
    if (name == null) {
      Principal principal =
          (Principal) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
      String text = principal.getName();
      name = text.equals(Integer.toString(number)) ? "" : text;
      known.put(number, name);
    }
    return name;
  }

  private List<Xattr> xattrs(Path path, long dev, LocalVisitor visitor) {
    if (devicesWithoutXattrs.contains(dev)) {
      return List.of();
    }
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(
              path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      List<String> names = view == null ? List.of() : view.list();
      if (names.isEmpty()) {
        return List.of();
      }
      List<Xattr> xattrs = new ArrayList<>(names.size());
      for (String name : names) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        xattrs.add(new Xattr("user." + name, value.array()));
      }
      return xattrs;
    } catch (AccessDeniedException e) {
      // Whoever opens the item next meets the same and reports it once.
      return List.of();
    } catch (FileSystemException e) {
      if (e.getReason() != null && e.getReason().contains("not supported")) {
        devicesWithoutXattrs.add(dev);
      } else {
        visitor.problem(path, e);
      }
      return List.of();
    } catch (IOException e) {
      visitor.problem(path, e);
      return List.of();
    }
  }
}
