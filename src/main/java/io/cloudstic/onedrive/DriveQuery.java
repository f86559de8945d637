package io.cloudstic.onedrive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What every listing asks Graph for. Graph bakes these options into its next links and delta links,
 * so that a link is good only together with the {@link #FINGERPRINT} of the query that began it.
 */
public final class DriveQuery {
  /**
   * The fields asked for. Every facet that decides anything must be listed, above all {@code
   * deleted}: without it tombstones look like live items. {@code content.downloadUrl} brings the
   * download URL with each file, so that a file costs no call of its own.
   */
  public static final String SELECT =
      "id,name,size,eTag,cTag,createdDateTime,lastModifiedDateTime,fileSystemInfo,"
          + "parentReference,file,folder,package,deleted,root,remoteItem,malware,bundle,"
          + "specialFolder,lastModifiedBy,content.downloadUrl";

  /**
   * Items per page of a delta feed. Large pages have lost items (onedrive-api-docs#610) and time
   * out; 500 is what other backup products run with, and needs N/500 calls for N items.
   */
  public static final int DELTA_TOP = 500;

  /** Items per page of a folder's children; below the 1,000 from which pages get unreliable. */
  public static final int CHILDREN_TOP = 999;

  /** Of the query as a whole: 16 hex digits; changes whenever a link must not be continued. */
  public static final String FINGERPRINT = fingerprint("delta;" + DELTA_TOP + ";" + SELECT);

  private DriveQuery() {}

  private static String fingerprint(String query) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
