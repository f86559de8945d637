package io.cloudstic.restic.camel;

import org.apache.camel.spi.Metadata;

/** The exchange properties of the component. */
public final class ResticConstants {
  /** The run that a message belongs to, and with it the repository. */
  @Metadata(
      description = "Exchange property: the session whose repository the operations work in",
      javaType = "io.cloudstic.restic.write.WriteSession",
      required = true)
  public static final String SESSION = "CloudsticSession";

  /** What has become of the file that is being chunked. */
  @Metadata(
      description = "Exchange property: set by chunk, collects the file's blobs for content",
      javaType = "io.cloudstic.restic.camel.ContentCollector")
  public static final String CONTENT = "CloudsticContent";

  /** Whether the file needs no split. */
  @Metadata(
      description =
          "Exchange property: set by chunk; true when the body is the file's only chunk, false when"
              + " it iterates over chunks",
      javaType = "Boolean")
  public static final String ONE_CHUNK = "CloudsticOneChunk";

  /** Whether contents are read in this run. */
  @Metadata(
      description = "Exchange property: set by open; false in a dry run, which reads no contents",
      javaType = "Boolean")
  public static final String FETCHING = "CloudsticFetching";

  /** The file that a message of the split is about. */
  @Metadata(
      description = "Exchange property: the file entry that stored and failed report on",
      javaType = "io.cloudstic.backup.FileEntry")
  public static final String FILE = "CloudsticFile";

  private ResticConstants() {}
}
