package io.cloudstic.local;

import io.cloudstic.restic.tree.NodeType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One item of a directory as {@code lstat} and its kin showed it when the walk came by.
 *
 * @param path where it is, absolute
 * @param name its name's bytes as the file system has them, which need not be UTF-8
 * @param type what it is
 * @param mode {@code st_mode}, type bits included
 * @param modified when its content was changed last; restic records it as access time too
 * @param changed when content or metadata were changed last ({@code st_ctime})
 * @param uid its owner
 * @param gid its group
 * @param user its owner's name, or empty when the system has none
 * @param group its group's name, or empty when the system has none
 * @param inode {@code st_ino}
 * @param deviceId {@code st_dev}: the file system it is on
 * @param links how many names it has
 * @param size length in bytes of a file, else 0
 * @param device {@code st_rdev} of a device, else 0
 * @param linkTarget the bytes that a symbolic link holds, else empty
 * @param xattrs extended attributes of a file or directory, in the file system's order
 */
public record LocalItem(
    Path path,
    byte[] name,
    NodeType type,
    int mode,
    Instant modified,
    Instant changed,
    int uid,
    int gid,
    String user,
    String group,
    long inode,
    long deviceId,
    long links,
    long size,
    long device,
    byte[] linkTarget,
    List<Xattr> xattrs) {

  /**
   * Whether a file has the content that an earlier snapshot recorded, by restic's rule: size and
   * modification time are as they were, and so are change time and inode, which tools that reset
   * the modification time cannot keep.
   */
  public boolean sameContentAs(Instant modified, Instant changed, long size, long inode) {
    return type == NodeType.FILE
        && this.size == size
        && this.modified.equals(modified)
        && this.changed.equals(changed)
        && this.inode == inode;
  }

  /** Opens a file's content; fails when a link has taken its place since. The caller closes. */
  public InputStream open() throws IOException {
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }
}
