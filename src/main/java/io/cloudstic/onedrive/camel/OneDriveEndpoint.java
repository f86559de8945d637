package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.DriveItem;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;

/** Read files and changes from Microsoft OneDrive through Microsoft Graph, and upload files. */
@UriEndpoint(
    firstVersion = "1.0.0",
    scheme = "onedrive",
    title = "Microsoft OneDrive",
    syntax = "onedrive:operation",
    category = {Category.CLOUD, Category.FILE},
    headersClass = OneDriveConstants.class)
public class OneDriveEndpoint extends ScheduledPollEndpoint {
  /** A change feed is no chat: Graph counts every call. */
  private static final long DEFAULT_DELAY = 60_000;

  @UriParam private final OneDriveConfiguration configuration;
  private String ownDrive;

  /** An endpoint of this configuration, which becomes its own. */
  public OneDriveEndpoint(String uri, Component component, OneDriveConfiguration configuration) {
    super(uri, component);
    this.configuration = configuration;
    setDelay(DEFAULT_DELAY);
  }

  /** The options. */
  public OneDriveConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return configuration.getOperation().producer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (configuration.getOperation() != OneDriveOperation.delta) {
      throw new UnsupportedOperationException("only onedrive:delta can be polled");
    }
    OneDriveConsumer consumer = new OneDriveConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  /**
   * The signed-in client: the component's, else the one that the registry has by now. A client
   * sends through routes, so whoever starts a context may only be able to bind one afterwards.
   *
   * @throws IllegalStateException when there is none
   */
  OneDriveClient client() {
    OneDriveClient client = ((OneDriveComponent) getComponent()).getClient();
    if (client == null) {
      client = getCamelContext().getRegistry().findSingleByType(OneDriveClient.class);
    }
    if (client == null) {
      throw new IllegalStateException(
          "onedrive: has no client: bind an OneDriveClient in the registry");
    }
    return client;
  }

  /** The drive that a message is about: by header, option, item, or the user's own. */
  String driveId(Message message) {
    String header = message.getHeader(OneDriveConstants.DRIVE_ID, String.class);
    if (header != null) {
      return header;
    }
    if (configuration.getDriveId() != null) {
      return configuration.getDriveId();
    }
    boolean item = message.getBody() instanceof DriveItem;
    String itemsDrive = item ? message.getBody(DriveItem.class).driveId() : null;
    return itemsDrive != null ? itemsDrive : ownDrive();
  }

  /** The signed-in user's drive, asked for once. */
  synchronized String ownDrive() {
    if (ownDrive == null) {
      ownDrive = client().graph().drive().id();
    }
    return ownDrive;
  }

  /** The item that a message is about, as far as it names one by id: by header or body; or null. */
  static String itemId(Message message) {
    String header = message.getHeader(OneDriveConstants.ITEM_ID, String.class);
    boolean item = header == null && message.getBody() instanceof DriveItem;
    return item ? message.getBody(DriveItem.class).id() : header;
  }
}
