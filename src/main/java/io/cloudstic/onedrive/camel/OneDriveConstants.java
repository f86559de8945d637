package io.cloudstic.onedrive.camel;

import org.apache.camel.spi.Metadata;

/** The headers and exchange properties of the component. */
public final class OneDriveConstants {
  /** Which item. */
  @Metadata(
      description =
          "In: the item of item, children and content, when the body is none; the folder of upload."
              + " From a consumer: the id of the item in the body",
      javaType = "String")
  public static final String ITEM_ID = "CloudsticOneDriveItemId";

  /** Which drive. */
  @Metadata(
      description = "The drive of the item; comes before the option driveId",
      javaType = "String")
  public static final String DRIVE_ID = "CloudsticOneDriveDriveId";

  /** Whether an item is a tombstone. */
  @Metadata(
      label = "consumer",
      description = "Whether the item in the body was deleted",
      javaType = "Boolean")
  public static final String DELETED = "CloudsticOneDriveDeleted";

  /** Where a feed begins. */
  @Metadata(
      label = "producer",
      description = "For delta: where the feed begins; without it, all items are listed",
      javaType = "String")
  public static final String DELTA_LINK = "CloudsticOneDriveDeltaLink";

  /** How well the content could be checked. */
  @Metadata(
      label = "producer",
      description =
          "Exchange property, set by content: knows the mark and the metadata of the content, once"
              + " the stream was read to its end; a redelivered content step takes its next round",
      javaType = "io.cloudstic.onedrive.client.FileContent")
  public static final String CONTENT = "CloudsticOneDriveContent";

  private OneDriveConstants() {}
}
