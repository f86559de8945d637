package io.cloudstic.onedrive.camel;

import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** The options of an endpoint. */
@UriParams
@Configurer
public class OneDriveConfiguration {
  @UriPath(description = "What to do. A consumer can only do delta")
  @Metadata(required = true)
  private OneDriveOperation operation;

  @UriParam(
      description =
          "The drive's id. Without it, the drive that an item says it is in, else the signed-in"
              + " user's own drive")
  private String driveId;

  @UriParam(
      label = "producer",
      description =
          "For item and children: the path below the drive's root, when the message names no item."
              + " For upload: the path of the folder, which must be there")
  private String path;

  @UriParam(
      label = "producer",
      defaultValue = "false",
      description =
          "For upload: whether a file of the same name gets the new content; otherwise it is an"
              + " error")
  private boolean replace;

  @UriParam(
      label = "consumer",
      defaultValue = "now",
      description =
          "Where a consumer without a remembered delta link begins: with what changes from now on,"
              + " or with every item there is")
  private OneDriveStart startFrom = OneDriveStart.now;

  @UriParam(
      label = "consumer",
      description =
          "Keeps the delta link from poll to poll, under the drive's id. Without it, the link is"
              + " kept in memory, and lost when the consumer stops")
  private StateRepository<String, String> stateRepository;

  /** What to do. */
  public OneDriveOperation getOperation() {
    return operation;
  }

  /** What to do. */
  public void setOperation(OneDriveOperation operation) {
    this.operation = operation;
  }

  /** The drive's id, or null. */
  public String getDriveId() {
    return driveId;
  }

  /** The drive's id, or null. */
  public void setDriveId(String driveId) {
    this.driveId = driveId;
  }

  /** The path below the root, or null. */
  public String getPath() {
    return path;
  }

  /** The path below the root, or null. */
  public void setPath(String path) {
    this.path = path;
  }

  /** Whether an upload replaces. */
  public boolean isReplace() {
    return replace;
  }

  /** Whether an upload replaces. */
  public void setReplace(boolean replace) {
    this.replace = replace;
  }

  /** Where a consumer begins. */
  public OneDriveStart getStartFrom() {
    return startFrom;
  }

  /** Where a consumer begins. */
  public void setStartFrom(OneDriveStart startFrom) {
    this.startFrom = startFrom;
  }

  /** Where a consumer keeps its delta link, or null. */
  public StateRepository<String, String> getStateRepository() {
    return stateRepository;
  }

  /** Where a consumer keeps its delta link, or null. */
  public void setStateRepository(StateRepository<String, String> stateRepository) {
    this.stateRepository = stateRepository;
  }
}
