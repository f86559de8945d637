package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.client.Destination;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.onedrive.client.UploadContent;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code onedrive:upload}: puts the body into a folder under the name in the header {@code
 * CamelFileName}. The body is held in memory: an upload may have to go back.
 */
final class UploadProducer extends DefaultProducer {
  private final OneDriveEndpoint endpoint;

  UploadProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    OneDriveClient client = endpoint.client();
    DriveWriter writer = client.writer();
    if (writer == null) {
      throw new IllegalStateException("onedrive:upload needs a client that may write");
    }
    String name = message.getHeader(Exchange.FILE_NAME, String.class);
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "onedrive:upload needs the name of the file in the header " + Exchange.FILE_NAME);
    }
    String drive = endpoint.driveId(message);
    String folder = folder(client, drive, message);
    Date modified = message.getHeader(Exchange.FILE_LAST_MODIFIED, Date.class);
    Instant time = modified == null ? null : modified.toInstant();
    String last = name.substring(name.lastIndexOf('/') + 1);
    boolean replace = endpoint.getConfiguration().isReplace();
    Destination to = new Destination(drive, folder, last, replace, null, time);
    DriveItem made = writer.put(to, new Bytes(message.getMandatoryBody(byte[].class)));
    message.setBody(made);
  }

  private String folder(OneDriveClient client, String drive, Message message) {
    String id = message.getHeader(OneDriveConstants.ITEM_ID, String.class);
    String path = endpoint.getConfiguration().getPath();
    if (id != null) {
      return id;
    }
    return (path == null ? client.graph().root(drive) : client.graph().itemAt(drive, path)).id();
  }

  private record Bytes(byte[] bytes) implements UploadContent {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }
  }
}
